package main

import "os"

func main() { if err := writeForSqlc(os.Args[1], os.Args[2]); err != nil { panic(err) } }
