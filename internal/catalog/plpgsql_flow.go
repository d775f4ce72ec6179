package catalog

// branch is one way through an IF or CASE.
type branch struct {
	cond *plNode // nil for ELSE
	body []plNode
}

func (p *plRun) ifStatement(n *plNode) (jump, error) {
	branches := []branch{{n.Cond, n.Then}}
	for _, e := range n.Elsifs {
		branches = append(branches, branch{e.Cond, e.Stmts})
	}
	return p.choose(n, append(branches, branch{nil, n.Else}))
}

func (p *plRun) caseStatement(n *plNode) (jump, error) {
	if n.CaseExpr != nil {
		p.setVar(n.CaseVar, p.expression(n.CaseExpr))
	}
	var branches []branch
	for _, w := range n.Whens {
		branches = append(branches, branch{w.Expr, w.Stmts})
	}
	return p.choose(n, append(branches, branch{nil, n.ElseStmt}))
}

// choose runs the first branch whose condition is true. Where that is undecided, branches that only raise an error are
// not the ones that a migration took; if more than one is left, none is run.
func (p *plRun) choose(n *plNode, branches []branch) (jump, error) {
	for i, b := range branches {
		if b.cond == nil {
			return p.body(b.body)
		}
		v := p.expression(b.cond)
		if err := p.failure(v); err != nil {
			return jump{}, err
		}
		if u, ok := v.(undecided); ok {
			return p.undecidedBranches(n, branches[i:], u.why)
		}
		if yes, _ := boolean(v); yes {
			return p.body(b.body)
		}
	}
	return jump{}, nil
}

func (p *plRun) undecidedBranches(n *plNode, branches []branch, why string) (jump, error) {
	var left [][]plNode
	for _, b := range branches {
		if onlyLeaves(b.body) {
			p.leaving = true
		}
		if !onlyRaises(b.body) {
			left = append(left, b.body)
		}
	}
	if len(left) == 1 {
		return p.body(left[0])
	}
	for _, body := range left {
		if p.r.anyChanges(body, nil) {
			p.r.undecided(p.text.at(n.Line), "neither branch of this condition is replayed", why)
			break
		}
	}
	for _, body := range left {
		p.forgetAssigned(body)
	}
	return jump{}, nil
}

// onlyRaises tells a branch that ends in an error.
func onlyRaises(body []plNode) bool {
	return len(body) > 0 && body[len(body)-1].Kind == "stmt_raise" && body[len(body)-1].Level >= errorLevel
}

// onlyLeaves tells a branch that is just EXIT.
func onlyLeaves(body []plNode) bool {
	return len(body) == 1 && body[0].Kind == "stmt_exit" && body[0].IsExit && body[0].Cond == nil
}

// errorLevel is the level of RAISE EXCEPTION.
const errorLevel = 21

// turn runs a loop's body once and says whether the loop goes on.
func (p *plRun) turn(n *plNode) (stop bool, j jump, err error) {
	j, err = p.body(n.Body)
	leaving := p.leaving
	p.leaving = false
	if err != nil || j.outcome == goesOn {
		return err != nil || leaving, j, err
	}
	mine := j.label == "" || j.label == n.Label
	switch {
	case j.outcome == nextRound && mine:
		return false, jump{}, nil
	case j.outcome == leavesLoop && mine:
		return true, jump{}, nil
	}
	return true, j, nil
}

func (p *plRun) whileLoop(n *plNode) (jump, error) {
	if !p.r.anyChanges(n.Body, nil) {
		p.forgetAssigned(n.Body)
		return jump{}, nil
	}
	for range maxLoops {
		if n.Cond != nil {
			v := p.expression(n.Cond)
			if u, ok := v.(undecided); ok {
				return jump{}, p.leaveOut(n, n.Body, "this loop is not replayed", u.why)
			}
			if err := p.failure(v); err != nil {
				return jump{}, err
			}
			if yes, _ := boolean(v); !yes {
				return jump{}, nil
			}
		}
		stop, j, err := p.turn(n)
		if stop {
			return j, err
		}
	}
	return jump{}, p.leaveOut(n, n.Body, "this loop has no end here", "")
}

func (p *plRun) countLoop(n *plNode) (jump, error) {
	lower, okLower := integer(p.expression(n.Lower))
	upper, okUpper := integer(p.expression(n.Upper))
	step := int64(1)
	if n.Step != nil {
		step, _ = integer(p.expression(n.Step))
	}
	if !okLower || !okUpper || step < 1 || (upper-lower)/step > maxLoops {
		return jump{}, p.leaveOut(n, n.Body, "this loop is not replayed", "its bounds")
	}
	varno := p.byName[n.Var.Name]
	if n.Reverse {
		step = -step
	}
	for i := lower; step > 0 && i <= upper || step < 0 && i >= upper; i += step {
		p.vars[varno] = i
		stop, j, err := p.turn(n)
		if stop {
			return j, err
		}
	}
	return jump{}, nil
}

func (p *plRun) arrayLoop(n *plNode) (jump, error) {
	v := p.expression(n.Expr)
	if s, ok := v.(string); ok {
		if l, ok := parseArray(s); ok {
			v = l
		}
	}
	items, ok := v.(array)
	if !ok {
		why := "an array"
		if u, isUndecided := v.(undecided); isUndecided {
			why = u.why
		}
		return jump{}, p.leaveOut(n, n.Body, "this loop is not replayed", why)
	}
	for _, item := range items {
		p.assign(n.VarNo, item)
		stop, j, err := p.turn(n)
		if stop {
			return j, err
		}
	}
	return jump{}, nil
}

// queryLoop goes over the rows of a query or of EXECUTE.
func (p *plRun) queryLoop(n *plNode) (jump, error) {
	sql := n.Query.Text
	ev := p.ev
	if n.Kind == "stmt_dynfors" {
		text, ok := p.expression(n.Query).(string)
		if !ok {
			return jump{}, p.leaveOut(n, n.Body, "this loop is not replayed", "the text of its query")
		}
		sql = text
		ev = &evaluator{r: p.r, variable: p.lookup, param: p.paramValues(n.Params)}
	}
	q := parsedQuery(sql)
	set, why := ev.query(q, nil)
	if why != "" {
		return jump{}, p.leaveOut(n, n.Body, "this loop is not replayed", why)
	}
	for _, row := range set.rows {
		p.assignRow(n.Var, set.columns, row)
		stop, j, err := p.turn(n)
		if stop {
			return j, err
		}
	}
	return jump{}, nil
}

func (p *plRun) paramValues(params []plNode) []value {
	var out []value
	for i := range params {
		out = append(out, p.expression(&params[i]))
	}
	return out
}

// assignRow sets the variables of INTO or of a loop to a row's values: one record, or a list of scalars. row is nil
// where there is none.
func (p *plRun) assignRow(target *plNode, columns []string, row []value) {
	if target == nil {
		return
	}
	if len(target.Fields) == 0 {
		if at, ok := p.byName[target.Name]; ok {
			p.assignTo(at, columns, row)
		}
		return
	}
	if len(target.Fields) == 1 && p.isRecord(target.Fields[0].VarNo) {
		p.assignTo(target.Fields[0].VarNo, columns, row)
		return
	}
	for i, f := range target.Fields {
		var v value
		if i < len(row) {
			v = row[i]
		}
		p.assign(f.VarNo, v)
	}
}

func (p *plRun) isRecord(varno int) bool {
	d := p.fn.Datums[varno]
	return d.Kind == "rec" || d.Type != nil && d.Type.TypeName == "record"
}

func (p *plRun) assignTo(varno int, columns []string, row []value) {
	if !p.isRecord(varno) {
		var v value
		if len(row) > 0 {
			v = row[0]
		}
		p.assign(varno, v)
		return
	}
	if row == nil {
		row = make([]value, len(columns))
	}
	p.vars[varno] = &tuple{columns, row}
}

// exit is EXIT and CONTINUE.
func (p *plRun) exit(n *plNode) (jump, error) {
	j := jump{nextRound, n.Label}
	if n.IsExit {
		j.outcome = leavesLoop
	}
	if n.Cond == nil {
		return j, nil
	}
	v := p.expression(n.Cond)
	if err := p.failure(v); err != nil {
		return jump{}, err
	}
	if yes, _ := boolean(v); yes {
		return j, nil
	}
	p.leaving = p.leaving || isUndecided(v) && n.IsExit
	return jump{}, nil
}
