package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
)

// keptStatements is how many statements a connection keeps prepared. The store
// has fewer texts than that, but for lists of ids of many lengths.
const keptStatements = 300

// keeping connects to a database whose connections keep the statements they have
// prepared: to prepare one takes longer than most of them take to run.
type keeping struct{ driver.Connector }

// Connect implements [driver.Connector].
func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := c.(ableConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks a method"), c.Close())
	}
	return &keepingConn{ableConn: able, idle: make(map[string]ableStmt)}, nil
}

// ableConn is what package sql uses of a connection.
type ableConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// ableStmt is what a connection uses of a statement.
type ableStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keepingConn is a connection with the prepared statements that nobody uses just
// now, by their text. Whoever runs one takes it out and puts it back, so that the
// same text may run twice at a time. Package sql lets nobody else in meanwhile.
//
// SQLite prepares a statement anew for every value that stands alone as its
// LIMIT. Those that run often have a sum there, "0 + $3", which it does not look
// into.
type keepingConn struct {
	ableConn
	idle map[string]ableStmt
}

// ExecContext implements [driver.ExecerContext].
func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !isKept(query) {
		return c.ableConn.ExecContext(ctx, query, args)
	}
	stmt, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := stmt.ExecContext(ctx, args)
	if err != nil {
		_ = stmt.Close() // it has nothing to say that err does not
		return nil, err
	}
	return result, c.put(query, stmt)
}

// QueryContext implements [driver.QueryerContext].
func (c *keepingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !isKept(query) {
		return c.ableConn.QueryContext(ctx, query, args)
	}
	stmt, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args)
	if err != nil {
		_ = stmt.Close() // it has nothing to say that err does not
		return nil, err
	}
	return &keptRows{Rows: rows, conn: c, query: query, stmt: stmt}, nil
}

// isKept reports whether a statement is worth keeping. Those about the database
// as a whole are rare, and some of them act while they are prepared.
func isKept(query string) bool {
	query = strings.TrimLeft(query, " \t\n")
	for _, verb := range []string{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"} {
		if strings.HasPrefix(query, verb) {
			return true
		}
	}
	return false
}

func (c *keepingConn) take(ctx context.Context, query string) (ableStmt, error) {
	if stmt, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return stmt, nil
	}
	stmt, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := stmt.(ableStmt)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks a method"), stmt.Close())
	}
	return able, nil
}

// put keeps a statement for the next time. When there are too many, any other
// goes.
func (c *keepingConn) put(query string, stmt ableStmt) error {
	if _, ok := c.idle[query]; ok || c.idle == nil {
		return stmt.Close()
	}
	var err error
	for other, old := range c.idle {
		if len(c.idle) < keptStatements {
			break
		}
		delete(c.idle, other)
		err = errors.Join(err, old.Close())
	}
	c.idle[query] = stmt
	return err
}

// Close implements [driver.Conn]. A statement that is left would keep SQLite from
// emptying its log.
func (c *keepingConn) Close() error {
	var errs []error
	for _, stmt := range c.idle {
		errs = append(errs, stmt.Close())
	}
	c.idle = nil
	return errors.Join(append(errs, c.ableConn.Close())...)
}

// keptRows are the rows of a statement that is put back when they are closed.
type keptRows struct {
	driver.Rows
	conn   *keepingConn
	query  string
	stmt   ableStmt
	spoilt bool
}

// Next implements [driver.Rows].
func (r *keptRows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err != nil && err != io.EOF {
		r.spoilt = true
	}
	return err
}

// Close implements [driver.Rows].
func (r *keptRows) Close() error {
	if err := r.Rows.Close(); err != nil || r.spoilt {
		_ = r.stmt.Close() // it has nothing to say that err, or Next, did not
		return err
	}
	return r.conn.put(r.query, r.stmt)
}
