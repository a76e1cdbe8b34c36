package store_test
import ("testing";"time";"path/filepath";"runtime";"innerview/internal/store")
func TestSmoke(t *testing.T){
 d:=t.TempDir()
 for i:=0;i<4;i++{
 t0:=time.Now()
 s,err:=store.Open(t.Context(),nil,filepath.Join(d,"a b%?#.db"),filepath.Join(d,"k.key"),store.Options{})
 if err!=nil{t.Fatal(err)}
 t.Log(time.Since(t0), s.CreatedKey())
 id,team,err:=s.Workspace(t.Context()); t.Log(id,team,err)
 if err:=s.Close();err!=nil{t.Fatal(err)}
 }
 runtime.GC(); var m runtime.MemStats; runtime.ReadMemStats(&m); t.Log(m.HeapInuse>>10, m.Sys>>10)
}
