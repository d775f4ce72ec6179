package catalog

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// cloneWith copies a message and notes which message became which, so that references into it can follow.
func cloneWith(m proto.Message, to map[proto.Message]proto.Message) proto.Message {
	clone := proto.Clone(m)
	pair(m.ProtoReflect(), clone.ProtoReflect(), to)
	return clone
}

func pair(from, clone protoreflect.Message, to map[proto.Message]proto.Message) {
	to[from.Interface()] = clone.Interface()
	from.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil {
			return true
		}
		if !f.IsList() {
			pair(v.Message(), clone.Get(f).Message(), to)
			return true
		}
		other := clone.Get(f).List()
		for i := range v.List().Len() {
			pair(v.List().Get(i).Message(), other.Get(i).Message(), to)
		}
		return true
	})
}
