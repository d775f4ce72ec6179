package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// createPolicy is CREATE POLICY.
func (r *replay) createPolicy(st *statement, n *pg_query.CreatePolicyStmt) error {
	rel, err := r.relation(st, n.Table)
	if err != nil {
		return err
	}
	span := st.find(n.PolicyName, st.start)
	if rel.kind != ordinary && rel.kind != partitioned {
		return failf(st.rangeVarSpan(n.Table), wrongObjectType, "%q is not a table", rel.name)
	}
	if old := rel.policy(n.PolicyName); old != nil {
		return existing(span, old.span, duplicateObject, "policy %q for table %q already exists", n.PolicyName, rel.name)
	}
	p := &policy{
		header: header{name: n.PolicyName, span: span}, rel: rel, command: n.CmdName, permissive: n.Permissive, roles: roleNames(n.Roles),
	}
	if n.WithCheck != nil && (n.CmdName == "select" || n.CmdName == "delete") {
		return failf(st.head(), syntaxError, "WITH CHECK cannot be applied to SELECT or DELETE")
	}
	if n.Qual != nil && n.CmdName == "insert" {
		return failf(st.head(), syntaxError, "only WITH CHECK expression allowed for INSERT")
	}
	if err := r.policyParts(st, p, n.Qual, n.WithCheck); err != nil {
		return err
	}
	r.db.identify(&p.header)
	rel.policies = append(rel.policies, p)
	return nil
}

func (r *replay) policyParts(st *statement, p *policy, using, check *pg_query.Node) (err error) {
	if using != nil {
		if p.using, _, err = r.usedExpr(st, using, relationScope(p.rel), usePolicy); err != nil {
			return err
		}
	}
	if check != nil {
		p.check, _, err = r.usedExpr(st, check, relationScope(p.rel), usePolicy)
	}
	return err
}

// alterPolicy is ALTER POLICY.
func (r *replay) alterPolicy(st *statement, n *pg_query.AlterPolicyStmt) error {
	rel, err := r.relation(st, n.Table)
	if err != nil {
		return err
	}
	p := rel.policy(n.PolicyName)
	if p == nil {
		return hinted(st.find(n.PolicyName, st.start), undefinedObject, suggest.Hint(n.PolicyName, policyNames(rel)),
			"policy %q for table %q does not exist", n.PolicyName, rel.name)
	}
	if len(n.Roles) > 0 {
		p.roles = roleNames(n.Roles)
	}
	return r.policyParts(st, p, n.Qual, n.WithCheck)
}

func (rel *relation) policy(name string) *policy {
	for _, p := range rel.policies {
		if p.name == name {
			return p
		}
	}
	return nil
}

func policyNames(rel *relation) []string {
	var names []string
	for _, p := range rel.policies {
		names = append(names, p.name)
	}
	return names
}

// roleNames are the roles of a policy; the special ones keep their words.
func roleNames(nodes []*pg_query.Node) []string {
	var names []string
	for _, n := range nodes {
		switch role := n.GetRoleSpec(); role.Roletype {
		case pg_query.RoleSpecType_ROLESPEC_PUBLIC:
			return []string{"public"}
		case pg_query.RoleSpecType_ROLESPEC_CURRENT_ROLE, pg_query.RoleSpecType_ROLESPEC_CURRENT_USER:
			names = append(names, "current_user")
		case pg_query.RoleSpecType_ROLESPEC_SESSION_USER:
			names = append(names, "session_user")
		default:
			names = append(names, role.Rolename)
		}
	}
	return names
}
