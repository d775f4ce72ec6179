package constraint

import "reflect"

// sameNode tells two nodes that are written the same.
func sameNode(a, b Node) bool { return reflect.DeepEqual(a, b) }
