package synthetic

import "strings"

// Tables are called by a pair of words each: account_actions, billing_actions, and so on.
var (
	adjectives = strings.Fields(`
		account billing campaign customer delivery device document email employee event export feature field file
		group import inventory invoice job language lead ledger license location market media member message module
		network order partner payment plan policy price product profile project provider purchase quality quote region
		report review role sales schedule search segment service session shipment signal site source stage staff store
		supplier supply survey system task tax team template tenant test theme ticket tour trade training transfer
		user vehicle vendor venue version video visit wallet warehouse web widget work workflow workspace zone
	`)
	nouns = strings.Fields(`
		action alert answer batch change channel comment contact counter detail draft entry error flag grant hint item
		label level limit link log mark note option owner part photo pin point record request result rule sample
		setting step tag target term token
	`)
)
