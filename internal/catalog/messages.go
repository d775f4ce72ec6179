package catalog

import (
	"reflect"
	"sync"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// messagesIn visits a node and all messages below it, in the order of their fields, those around before those within. What a
// visit puts in a node's place is visited as well. It reads the generated structs: the general way of protobuf asks each node
// for every kind that there is.
func messagesIn(n *pg_query.Node, visit func(message any)) {
	messagesOf(reflect.ValueOf(n), visit)
}

// messagesOf visits the message that a pointer points to.
func messagesOf(message reflect.Value, visit func(message any)) {
	if message.IsNil() {
		return
	}
	visit(message.Interface())
	fields := message.Elem()
	for _, i := range messageFields(fields.Type()) {
		switch f := fields.Field(i); f.Kind() {
		case reflect.Pointer:
			messagesOf(f, visit)
		case reflect.Slice:
			for k := range f.Len() {
				messagesOf(f.Index(k), visit)
			}
		case reflect.Interface: // a struct with the one field that is set
			if f.IsNil() {
				continue
			}
			if set := f.Elem().Elem().Field(0); set.Kind() == reflect.Pointer {
				messagesOf(set, visit)
			}
		}
	}
}

// fieldsOfMessages are the fields that hold messages, by the struct's type: []int by reflect.Type.
var fieldsOfMessages sync.Map

func messageFields(t reflect.Type) []int {
	if have, ok := fieldsOfMessages.Load(t); ok {
		return have.([]int)
	}
	var out []int
	for i := range t.NumField() {
		f := t.Field(i)
		if f.IsExported() && (f.Type.Kind() == reflect.Interface || isMessage(f.Type) || f.Type.Kind() == reflect.Slice && isMessage(f.Type.Elem())) {
			out = append(out, i)
		}
	}
	fieldsOfMessages.Store(t, out)
	return out
}

func isMessage(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}
