package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write again what the scripts compare with")

// product is the real binary, for tests that start it often or kill it.
var product = new(build)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"innerview": main})
}

// tests are the tests of this package; what they built goes when they are over.
type tests struct{ *testing.M }

func (m tests) Run() int {
	defer product.remove()
	return m.M.Run()
}

// build is a binary made at most once, when somebody asks for it.
type build struct {
	once sync.Once
	dir  string
	said []byte
	err  error
}

// path returns where the binary is. It is built without the race detector, so
// that it starts as fast as for a user.
func (b *build) path(t testing.TB) string {
	t.Helper()
	b.once.Do(b.make)
	if b.err != nil {
		t.Fatalf("build the program: %v\n%s", b.err, b.said)
	}
	return filepath.Join(b.dir, "innerview")
}

func (b *build) make() {
	if b.dir, b.err = os.MkdirTemp("", "innerview-build-"); b.err != nil {
		return
	}
	b.said, b.err = exec.Command("go", "build", "-buildvcs=false", "-o", b.dir, ".").CombinedOutput()
}

func (b *build) remove() {
	if b.dir != "" {
		os.RemoveAll(b.dir)
	}
}

// inFull reports whether the tests run at full size, which takes long.
func inFull() bool { return os.Getenv("INNERVIEW_LONG") != "" }

// notWhileUpdating leaves out what compares with no written text.
func notWhileUpdating(t *testing.T) {
	t.Helper()
	if *update {
		t.Skip("nothing to write")
	}
}
