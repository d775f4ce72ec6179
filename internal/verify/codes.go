package verify

// Codes of this stage's diagnostics.
const (
	// CodeMissing: the migrations make something that the server does not have.
	CodeMissing = "TF611"
	// CodeExtra: the server has something that no migration makes.
	CodeExtra = "TF612"
	// CodeDifferent: something is not the same on the server as in the migrations.
	CodeDifferent = "TF613"
	// CodeNotCompared: something could not be compared.
	CodeNotCompared = "TF614"
)
