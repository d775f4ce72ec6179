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
	if n != nil {
		messagesOf(reflect.ValueOf(n), visit)
	}
}

// messagesOf visits the message that a pointer points to.
func messagesOf(message reflect.Value, visit func(message any)) {
	visit(message.Interface())
	messagesBelow(message, func(below reflect.Value) { messagesOf(below, visit) })
}

// messagesBelow visits the messages that are fields of one, by the pointers to them.
func messagesBelow(message reflect.Value, visit func(reflect.Value)) {
	fields := message.Elem()
	for _, i := range messageTypeOf(fields.Type()).messages {
		switch f := fields.Field(i); f.Kind() {
		case reflect.Pointer:
			if !f.IsNil() {
				visit(f)
			}
		case reflect.Slice:
			for k := range f.Len() {
				if item := f.Index(k); !item.IsNil() {
					visit(item)
				}
			}
		case reflect.Interface: // a struct with the one field that is set
			if f.IsNil() {
				continue
			}
			if set := f.Elem().Elem().Field(0); set.Kind() == reflect.Pointer && !set.IsNil() {
				visit(set)
			}
		}
	}
}

// messageLocation is where a message's token starts, as the parser counts; -1 where it does not say.
func messageLocation(message reflect.Value) int {
	fields := message.Elem()
	i := messageTypeOf(fields.Type()).location
	if i < 0 {
		return -1
	}
	return int(fields.Field(i).Int())
}

// messageType says where in a message's struct things are.
type messageType struct {
	messages []int // the fields that hold messages
	location int   // that of the message's place, or -1
}

// messageTypes are those that were met: *messageType by reflect.Type.
var messageTypes sync.Map

func messageTypeOf(t reflect.Type) *messageType {
	if have, ok := messageTypes.Load(t); ok {
		return have.(*messageType)
	}
	out := &messageType{location: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.IsExported() && (f.Type.Kind() == reflect.Interface || isMessage(f.Type) || f.Type.Kind() == reflect.Slice && isMessage(f.Type.Elem())) {
			out.messages = append(out.messages, i)
		}
		if f.Name == "Location" {
			out.location = i
		}
	}
	messageTypes.Store(t, out)
	return out
}

func isMessage(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}
