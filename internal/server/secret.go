package server

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// secrets are the texts that must not be printed.
type secrets []string

// hidden stands in a password's place.
const hidden = "****"

// secretsOf collects the passwords of a connection, also as they are written in its string. A password that is the name
// of the user, the host or the database is no secret in a message that has that name.
func secretsOf(text string, config *pgx.ConnConfig) secrets {
	found := secrets{config.Password}
	if u, err := url.Parse(text); err == nil {
		if password, ok := u.User.Password(); ok {
			found = append(found, password)
		}
		for key, values := range u.Query() {
			if strings.Contains(strings.ToLower(key), "password") {
				found = append(found, values...)
			}
		}
	}
	for _, m := range keyword.FindAllStringSubmatch(text, -1) {
		found = append(found, strings.Trim(m[2], "'"))
	}
	for _, p := range slices.Clone(found) {
		found = append(found, url.QueryEscape(p), url.PathEscape(p), strings.TrimPrefix(url.UserPassword("", p).String(), ":"))
	}
	names := []string{"", config.User, config.Host, config.Database}
	found = slices.DeleteFunc(found, func(p string) bool { return slices.Contains(names, p) })
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) })
	return found
}

func (s secrets) hide(text string) string {
	for _, p := range s {
		text = strings.ReplaceAll(text, p, hidden)
	}
	return Hide(text)
}

var (
	inURL   = regexp.MustCompile(`(\w+://[^\s:/@]*):\S*@`)
	keyword = regexp.MustCompile(`(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s'&]+)`)
)

// Hide takes what looks like a password in a connection string out of any text.
func Hide(text string) string {
	text = inURL.ReplaceAllString(text, "$1:"+hidden+"@")
	return keyword.ReplaceAllString(text, "${1}"+hidden)
}
