package output

// Codes of this stage's diagnostics.
const (
	// CodeOutside: an out folder leads out of the project through a symbolic link.
	CodeOutside = "TF501"
	// CodeOverSources: an out folder holds the schema, the queries or the config.
	CodeOverSources = "TF502"
	// CodeSameFolder: two targets write into one folder, or one into the other's, through a symbolic link.
	CodeSameFolder = "TF503"
	// CodeNotFolder: something that is no folder stands where an out folder has to be.
	CodeNotFolder = "TF504"
	// CodeNotOurs: a file of the user's, or something that is no file, stands where a generated file has to be.
	CodeNotOurs = "TF505"
	// CodeWrite: the system refuses to write a target.
	CodeWrite = "TF506"
	// CodeRead: the system refuses to read a target's folder.
	CodeRead = "TF507"
)
