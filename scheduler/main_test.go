package scheduler_test

import (
	"flag"
	"log"
	"os"
	"testing"

	"innerview/scheduler"
)

// TestMain says how many simulated years the property tests live: 2,000 at full
// size.
func TestMain(m *testing.M) {
	flag.Parse()
	checks := "100"
	switch {
	case scheduler.Long():
		checks = "2000"
	case raceDetector:
		checks = "15"
	}
	if err := flag.Set("rapid.checks", checks); err != nil {
		log.Fatal(err)
	}
	os.Exit(m.Run())
}
