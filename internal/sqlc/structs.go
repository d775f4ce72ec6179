package sqlc

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// structs is what one part's file with the enums and structs says.
type structs struct {
	head string // before the imports
	imports
	// enums and structs are the declarations by the type's name: those of an enum are its constants and methods as well.
	enums, structs map[string]string
}

// mergeStructs makes one file of those of the parts, of which several may have a table. It is nil where that is not what one
// run writes: it should have so many enums and structs, and all parts should say the same of each.
func mergeStructs(texts [][]byte, enums, tables int) ([]byte, error) {
	parts := make([]structs, len(texts))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, text := range texts {
		group.Go(func() (err error) {
			parts[i], err = readStructs(text)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := structs{imports: newImports(), enums: map[string]string{}, structs: map[string]string{}}
	for _, s := range parts {
		all.head = s.head
		all.imports.add(s.imports)
		if !union(all.enums, s.enums) || !union(all.structs, s.structs) {
			return nil, nil
		}
	}
	// Two tables of one name in Go would be two structs, which Go refuses; and sqlc itself refuses a table called like an enum.
	if len(all.enums) != enums || len(all.structs) != tables || all.conflict() {
		return nil, nil
	}
	return []byte(all.text()), nil
}

// union adds what is in more. It is false where both have something of one name that is not the same.
func union(all, more map[string]string) bool {
	for name, text := range more {
		if there, ok := all[name]; ok && there != text {
			return false
		}
		all[name] = text
	}
	return true
}

func (s structs) conflict() bool {
	for name := range s.enums {
		if s.structs[name] != "" || s.structs["Null"+name] != "" {
			return true
		}
	}
	return false
}

func (s structs) text() string {
	blocks := []string{strings.TrimSpace(s.head)}
	if declared := s.imports.text(); declared != "" {
		blocks = append(blocks, declared)
	}
	for _, list := range []map[string]string{s.enums, s.structs} {
		for _, name := range slices.Sorted(maps.Keys(list)) {
			blocks = append(blocks, list[name])
		}
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// readStructs reads a file as sqlc writes it: imports in one declaration, then each enum with what belongs to it, then the
// structs.
func readStructs(text []byte) (structs, error) {
	s := structs{enums: map[string]string{}, structs: map[string]string{}}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return s, fmt.Errorf("sqlc wrote Go that does not parse: %w", err)
	}
	at := func(p token.Pos) int { return set.Position(p).Offset }
	if s.imports, err = importsOf(file, text, at); err != nil {
		return s, err
	}
	end := at(file.Name.End())
	s.head = string(text[:end])
	enum, start := "", 0
	for _, d := range file.Decls {
		if gen, ok := d.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			end = at(d.End())
			continue
		}
		from := end
		end = at(d.End())
		switch name, isStruct := typeDeclared(d); {
		case isStruct && name != "Null"+enum:
			s.structs[name] = trimmed(text[from:end])
			continue
		case name != "" && !isStruct:
			enum, start = name, from
		}
		s.enums[enum] = trimmed(text[start:end])
	}
	return s, nil
}

func trimmed(text []byte) string { return string(bytes.TrimSpace(text)) }

// typeDeclared is the name of the type that a declaration declares, "" if it declares none.
func typeDeclared(d ast.Decl) (name string, isStruct bool) {
	gen, ok := d.(*ast.GenDecl)
	if !ok || gen.Tok != token.TYPE {
		return "", false
	}
	spec := gen.Specs[0].(*ast.TypeSpec)
	_, isStruct = spec.Type.(*ast.StructType)
	return spec.Name.Name, isStruct
}
