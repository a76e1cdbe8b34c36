package slacksim

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// decode reads one JSON value, keeping numbers as they were written.
func decode(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return v, nil
}

func decodeObject(raw []byte) (map[string]any, error) {
	v, err := decode(raw)
	if err != nil {
		return nil, err
	}
	obj, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return obj, nil
}

// encode writes what was decoded, or built from strings, numbers, maps and slices: it cannot fail.
func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("slacksim: a payload of plain values cannot be written: " + err.Error())
	}
	return raw
}

// str, obj and arr read a field leniently: documents that reach them were checked before.
func str(o map[string]any, field string) string {
	s, _ := o[field].(string)
	return s
}

func obj(o map[string]any, field string) map[string]any {
	m, _ := o[field].(map[string]any)
	return m
}

func arr(o map[string]any, field string) []any {
	a, _ := o[field].([]any)
	return a
}

func flag(o map[string]any, field string) bool {
	b, _ := o[field].(bool)
	return b
}

// objects is the elements of a list that are objects.
func objects(list []any) []map[string]any {
	out := make([]map[string]any, 0, len(list))
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// textOf is the text of a text object.
func textOf(o map[string]any, field string) string { return str(obj(o, field), "text") }
