package correct

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
)

// write applies the edits. Files without any are passed on.
func (p *pkg) write() ([]*gofile.File, error) {
	out := make([]*gofile.File, len(p.files))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range p.files {
		if out[i] = f.File; len(f.edits) == 0 {
			continue
		}
		group.Go(func() error {
			text, err := f.write()
			if err == nil {
				out[i], err = gofile.Parse(f.Name, text)
			}
			return err
		})
	}
	return out, group.Wait()
}

// write applies the edits of a file. What sqlc wrote is formatted, and stays so but for the declarations that change.
func (f *file) write() ([]byte, error) {
	tree, err := f.Whole()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(f.edits, edit.compare)
	f.edits = slices.CompactFunc(f.edits, edit.again)
	header := f.imports()
	var b bytes.Buffer
	b.Write(f.Text[:header.start])
	b.WriteString(header.text)
	at, edits := header.end, f.edits
	for _, decl := range tree.Decls {
		start, end := f.Offset(declStart(decl)), f.Offset(decl.End())
		n := 0
		for n < len(edits) && edits[n].start <= end {
			n++
		}
		if n == 0 {
			continue
		}
		text, err := format.Source(f.applied(start, end, edits[:n]))
		if err != nil {
			return nil, err
		}
		b.Write(f.Text[at:start])
		b.Write(text)
		at, edits = end, edits[n:]
	}
	b.Write(f.Text[at:])
	return b.Bytes(), nil
}

func (e edit) compare(other edit) int {
	return cmp.Or(cmp.Compare(e.start, other.start), cmp.Compare(e.end, other.end))
}

// again tells two queries that say the same of a type they share.
func (e edit) again(other edit) bool { return e == other && e.end > e.start }

// declStart is where a declaration begins, with its comment.
func declStart(decl ast.Decl) token.Pos {
	if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil {
		return fn.Doc.Pos()
	}
	return decl.Pos()
}

// applied is the text of a declaration with its edits.
func (f *file) applied(start, end int, edits []edit) []byte {
	var b bytes.Buffer
	for _, e := range edits {
		b.Write(f.Text[start:e.start])
		b.WriteString(e.text)
		start = e.end
	}
	b.Write(f.Text[start:end])
	return b.Bytes()
}
