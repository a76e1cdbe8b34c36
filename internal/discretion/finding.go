package discretion

// Class says what is to be done about a note.
type Class string

// The classes. Where a note falls into several, Red goes before Label, and
// Label before Amber.
const (
	None  Class = ""      // nothing was found
	Amber Class = "amber" // needs the writer's word that it may be noted; lives 90 days
	Label Class = "label" // a judgement of the person: ask what they said or did
	Red   Class = "red"   // never stored
)

// Topic says what a note is about. It is a fixed word, never one of the note.
type Topic string

// The topics of Red.
const (
	Health       Topic = "health"
	MentalHealth Topic = "mental_health"
	Disability   Topic = "disability"
	Pregnancy    Topic = "pregnancy"  // fertility too
	Religion     Topic = "religion"   // no religion too
	Politics     Topic = "politics"   // thought and creed too
	Union        Topic = "union"      // strikes and bargaining too
	Origin       Topic = "origin"     // race, nationality, descent, registered domicile
	Gender       Topic = "gender"     // identity, sexual orientation
	Crime        Topic = "crime"      // what someone did or suffered
	Harassment   Topic = "harassment" // whistle-blowing too
	Debt         Topic = "debt"
	IDNumber     Topic = "id_number" // of a document, account or card; passwords too
	Secret       Topic = "secret"    // other people's
)

// The topics of Amber.
const (
	Family   Topic = "family"
	Partner  Topic = "partner"
	Children Topic = "children"
	Care     Topic = "care" // of a relative
	Hometown Topic = "hometown"
	Housing  Topic = "housing"
	Age      Topic = "age"
	School   Topic = "school"
	Pay      Topic = "pay"
)

// Judgement is the topic of Label.
const Judgement Topic = "judgement"

// Finding is what [Check] says about a note. The zero Finding says nothing was
// found.
type Finding struct {
	Class Class
	Topic Topic // the first of its class in the order of the lists

	// Disclosure says that the note is about illness, harm, harassment or
	// danger: the writer may have been trusted with it and is told to listen
	// rather than write. It is only ever set with Red.
	Disclosure bool
}
