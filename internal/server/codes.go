package server

// Codes of this stage's diagnostics.
const (
	// CodeURL: the connection string cannot be read.
	CodeURL = "TF601"
	// CodeConnect: the server cannot be reached, or does not let the user in.
	CodeConnect = "TF602"
	// CodeVersion: the server is older than what can be read.
	CodeVersion = "TF603"
	// CodeRead: the server refused to answer, or did not in time.
	CodeRead = "TF604"
)
