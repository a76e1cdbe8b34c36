package slacksim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxBody is how much of a request is read; Slack's own limits are far below.
const maxBody = 4 << 20

// call is one request of the Web API, its body read but nothing believed yet.
type call struct {
	method  string
	token   string
	inBody  bool           // the token came as an argument and not in the header
	isJSON  bool           // the body was JSON
	charset bool           // a JSON body said which charset it is in
	args    map[string]any // strings from a form; anything from JSON
	host    string         // what the client called us
}

// errBody is a body that is neither a form nor a JSON object.
var errBody = errors.New("the body is neither a form nor a JSON object")

func readCall(r *http.Request) (*call, error) {
	c := &call{method: r.PathValue("method"), args: map[string]any{}, host: r.Host}
	c.token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return c, fmt.Errorf("read body: %w", err)
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	_, c.charset = params["charset"]
	if err := c.readBody(kind, raw); err != nil {
		return c, err
	}
	c.readForm(r.URL.Query())
	if token, ok := c.args["token"].(string); ok && !c.isJSON {
		delete(c.args, "token")
		if c.token == "" {
			c.token, c.inBody = token, true
		}
	}
	return c, nil
}

func (c *call) readBody(kind string, raw []byte) error {
	if kind != "application/json" {
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return errBody
		}
		c.readForm(form)
		return nil
	}
	c.isJSON = true
	if len(raw) == 0 {
		return nil
	}
	args, err := decodeObject(raw)
	if err != nil {
		return errBody
	}
	c.args = args
	return nil
}

func (c *call) readForm(form url.Values) {
	for name, values := range form {
		c.args[name] = values[0]
	}
}

// text is an argument as a string; numbers and booleans of a JSON body are written out.
func (c *call) text(name string) string {
	switch v := c.args[name].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// truth is a boolean argument, which a form writes as true or 1.
func (c *call) truth(name string) bool {
	v := c.text(name)
	return v == "true" || v == "1"
}

// given reports whether the argument was sent with a value; null counts as absent.
func (c *call) given(name string) bool {
	v, ok := c.args[name]
	return ok && v != nil && v != ""
}

// document is a structured argument: JSON in a form's string, or the value itself in a JSON body.
func (c *call) document(name string) (any, error) {
	if text, ok := c.args[name].(string); ok {
		return decode([]byte(text))
	}
	return c.args[name], nil
}

// unknown names the arguments the method does not document, sorted.
func (c *call) unknown(documented string) []string {
	known := strings.Fields(documented)
	var out []string
	for name := range c.args {
		if !slices.Contains(known, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// logged is the arguments as the request log keeps them.
func (c *call) logged() map[string]string {
	out := make(map[string]string, len(c.args))
	for name, v := range c.args {
		switch v.(type) {
		case map[string]any, []any:
			out[name] = string(encode(v))
		default:
			out[name] = c.text(name)
		}
	}
	return out
}
