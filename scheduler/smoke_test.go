package scheduler_test
import ("testing";"time")
func TestSmoke(t *testing.T){
 s:=time.Now()
 o:=open(t, choices{})
 o.lead(ana,mei,ken)
 t.Log(time.Since(s))
 s=time.Now()
 t.Log(o.tickAt("2026-11-25 10:30"))
 t.Log(time.Since(s))
 s=time.Now()
 for range 100 { o.tickAt("2026-11-25 10:30") }
 t.Log(time.Since(s)/100)
 for _, m := range o.posts(ana) { t.Log(m.Texts(), m.Time) ; o.presses(ana,"talked",m)}
 for _, m := range o.posts(ana) { t.Log(m.Texts(), m.Time) ; o.presses(ana,"outcome.light",m)}
 for _, m := range o.posts(ana) { t.Log(m.Texts(), m.Time)}
}
