package zod

import "github.com/trefoil-sql/trefoil/internal/model"

// Types are the TypeScript types of each object's fields, in their order, without what says that a field may be null or
// left out.
func Types(m *model.Model, o Options) (map[*model.Object][]string, error) {
	mods := modules(m)
	e := &emitter{Options: o, declared: declaredNames(mods)}
	types := map[*model.Object][]string{}
	for _, s := range mods {
		for _, object := range s.objects {
			w := newWriter(e, s.name)
			if object.Variant == model.JSONObject {
				w.inJSON()
			}
			list := make([]string, len(object.Fields))
			for i, f := range object.Fields {
				list[i] = w.typed(f.Type, f.Rules, isWritten(object.Variant)).ts
			}
			types[object.Object] = list
		}
	}
	return types, e.err
}
