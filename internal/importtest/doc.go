// Package importtest holds the architecture of Innerview as tests: who may
// import whom, which third-party modules are at home where, and the house
// rules that the common tools do not see.
//
// Everything is read from the source files with go/parser. Asking the go tool
// would be shorter, but its answer is not among the files that the test cache
// watches, so a forbidden import could pass on yesterday's result.
//
// To let a package import another, change the table in rooms_test.go together
// with docs/architecture.md. To except a place from a house rule, add it to
// the rule's allowances with the reason; an allowance that nothing needs any
// longer fails as well.
package importtest
