//go:build !race

package main

// slowness is how much longer things may take with the race detector in them.
const slowness = 1
