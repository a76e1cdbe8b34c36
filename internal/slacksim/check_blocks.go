package slacksim

import "strings"

// blocks checks the blocks of a message or a view.
func (c *checker) blocks(blocks []node) {
	for _, b := range blocks {
		b.block()
	}
}

func (n node) block() {
	n.blockID()
	switch kind := str(n.obj, "type"); kind {
	case "section":
		n.section()
	case "header":
		n.only("type block_id text level")
		n.plain("text", 150, true)
		n.whole("level", 1, 4)
	case "context":
		n.context()
	case "actions":
		n.actions()
	case "input":
		n.input()
	case "divider":
		n.only("type block_id")
	case "image":
		n.image()
	case "rich_text":
		n.richText()
	default:
		n.otherBlock(kind)
	}
}

func (n node) blockID() {
	id, ok := n.str("block_id", 1, 255, false)
	if !ok {
		return
	}
	if n.c.blockIDs[id] {
		n.fail("/block_id", "duplicate_block_id", "must be unique in the message or view")
	}
	n.c.blockIDs[id] = true
}

// otherBlock tells apart what Slack does not have here, what the simulator does not draw, and nonsense.
func (n node) otherBlock(kind string) {
	places, known := elsewhere(kind)
	switch {
	case !known:
		n.fail("/type", "unknown_type", "unsupported block type: %q", kind)
	case !strings.Contains(places, n.c.on):
		n.fail("/type", "not_on_this_surface", "the block %s does not stand in a %s", kind, n.c.on)
	default:
		n.fail("/type", "not_simulated", "the simulator does not draw the block %s, and older clients may not either", kind)
	}
}

// elsewhere says on which surfaces Slack has a block the simulator does not draw.
func elsewhere(kind string) (places string, known bool) {
	switch kind {
	case "alert":
		return "modal", true
	case "container", "markdown", "context_actions", "plan", "task_card", "file", "call":
		return "message", true
	case "card", "carousel", "table", "data_table":
		return "message home", true
	case "video", "data_visualization", "layout":
		return "message modal home", true
	}
	return "", false
}

func (n node) section() {
	n.only("type block_id text fields accessory expand")
	n.boolean("expand")
	n.text("text", 3000, false)
	fields := n.list("fields", 1, 10, false)
	for _, f := range fields {
		f.textObject(false, 2000)
	}
	if n.obj["text"] == nil && n.obj["fields"] == nil {
		n.fail("", "missing", "must have text or fields")
	}
	if e, ok := n.object("accessory", false); ok {
		e.element("section", map[string]bool{})
	}
}

func (n node) context() {
	n.only("type block_id elements")
	for _, e := range n.list("elements", 1, 10, true) {
		switch kind := str(e.obj, "type"); kind {
		case "image":
			e.imageElement()
		case "plain_text", "mrkdwn":
			e.textObject(false, 3000)
		default:
			e.fail("/type", "unknown_type", "a context takes texts and images, not %q", kind)
		}
	}
}

func (n node) actions() {
	n.only("type block_id elements")
	ids := map[string]bool{}
	for _, e := range n.list("elements", 1, 25, true) {
		e.element("actions", ids)
	}
}

func (n node) input() {
	n.only("type block_id label element hint optional dispatch_action")
	n.c.inputs++
	n.plain("label", 2000, true)
	n.plain("hint", 2000, false)
	n.boolean("optional")
	n.boolean("dispatch_action")
	if e, ok := n.object("element", true); ok {
		e.element("input", map[string]bool{})
	}
}

func (n node) image() {
	n.only("type block_id image_url slack_file alt_text title")
	n.imageSource()
	n.plain("title", 2000, false)
}

func (n node) imageElement() {
	n.only("type image_url slack_file alt_text")
	n.imageSource()
}

func (n node) imageSource() {
	n.str("alt_text", 1, 2000, true)
	_, url := n.str("image_url", 1, 3000, false)
	_, file := n.object("slack_file", false)
	if url == file {
		n.fail("", "image_source", "must have one of image_url and slack_file")
	}
}

// richText checks the paragraphs of a rich text block.
func (n node) richText() {
	n.only("type block_id elements")
	for _, e := range n.list("elements", 1, 1000, true) {
		switch kind := str(e.obj, "type"); kind {
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			e.only("type elements border language")
			e.runs()
		case "rich_text_list":
			e.only("type elements style indent border offset")
			e.oneOf("style", "bullet", "ordered")
			for _, item := range e.list("elements", 1, 1000, true) {
				item.runs()
			}
		default:
			e.fail("/type", "unknown_type", "unsupported rich text: %q", kind)
		}
	}
}

func (n node) runs() {
	for _, run := range n.list("elements", 0, 1000, true) {
		switch kind := str(run.obj, "type"); kind {
		case "text":
			run.str("text", 1, maxText, true)
		case "link":
			run.str("url", 1, 3000, true)
		case "emoji":
			run.str("name", 1, 255, true)
		case "user":
			run.str("user_id", 1, 255, true)
		case "broadcast":
			run.fail("", "broadcast", "must not notify everybody")
		case "channel", "usergroup", "date", "color", "team":
			// known to Slack, with nothing to measure
		default:
			run.fail("/type", "unknown_type", "unsupported rich text: %q", kind)
		}
	}
}
