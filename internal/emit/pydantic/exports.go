package pydantic

import (
	"cmp"
	"slices"
	"strings"
)

// export is a module and the names that the package takes from it.
type export struct {
	Module string
	Names  []string
	// first tells that the module has to be imported before the others: it imports one that imports it.
	first bool
}

// initPage is what a package's __init__.py and _all.py are filled with.
type initPage struct {
	// Eager are the imports that are made with the package.
	Eager []string
	// Modules are the modules that are imported when they are asked for.
	Modules string
	// Homes are all names, a line each, with its module.
	Homes string
	// Imports are those of all names, and All their names as a list's items.
	Imports, All string
}

// init writes a package's __init__.py, which exports everything and imports as little of it as it can, and the _all.py
// that type checkers see in its place. The package is the target's own or, with its path, one in it.
func (e *emitter) init(path string, exports []export) error {
	slices.SortFunc(exports, func(a, b export) int { return strings.Compare(a.Module, b.Module) })
	for _, x := range exports {
		slices.Sort(x.Names)
	}
	var page initPage
	eager := eagerly(exports)
	for _, x := range eager {
		page.Eager = append(page.Eager, importLine("", "."+x.Module, x.Names))
	}
	var modules, homes, all, lines []string
	for _, x := range exports {
		lines = append(lines, importLine("", "."+x.Module, x.Names))
		for _, name := range x.Names {
			homes = append(homes, name+" "+x.Module)
			all = append(all, "    "+quote(name)+",")
		}
		if !slices.ContainsFunc(eager, func(o export) bool { return o.Module == x.Module }) {
			modules = append(modules, x.Module+" as "+x.Module)
		}
	}
	slices.Sort(homes)
	slices.Sort(all)
	page.Homes, page.All, page.Imports = strings.Join(homes, "\n"), strings.Join(all, "\n"), strings.Join(lines, "\n")
	if len(modules) > 0 {
		page.Modules = importLine("    ", ".", modules)
	}
	if err := e.add(path+"_all", "all.tmpl", page); err != nil {
		return err
	}
	return e.add(path+"__init__", "init.tmpl", page)
}

// eagerly are the modules that cannot wait, in the order in which they are imported. Where a class has the name of a
// module, the package's attribute of that name would be the module as soon as something imports it: importing it first
// and the class after it leaves the class there.
func eagerly(exports []export) []export {
	isModule, isClass := map[string]bool{}, map[string]bool{}
	for _, x := range exports {
		isModule[x.Module] = true
		for _, name := range x.Names {
			isClass[name] = true
		}
	}
	rank := func(x export) int {
		switch {
		case x.first:
			return 1
		case isClass[x.Module]:
			return 2
		case slices.ContainsFunc(x.Names, func(name string) bool { return isModule[name] }):
			return 3
		}
		return 0
	}
	list := slices.DeleteFunc(slices.Clone(exports), func(x export) bool { return rank(x) == 0 })
	slices.SortStableFunc(list, func(a, b export) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}
