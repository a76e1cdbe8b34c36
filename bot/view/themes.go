package view

// Theme is what a few topics have in common, so that somebody who chooses among
// all of them need not read all of them.
type Theme string

// The themes, in the order in which they are offered.
const (
	ThemeFood    Theme = "food"
	ThemeLeisure Theme = "leisure"
	ThemeSeasons Theme = "seasons"
	ThemeDay     Theme = "day"    // the working day
	ThemePath    Theme = "path"   // how somebody came here
	ThemeWork    Theme = "work"   // what work is like for them
	ThemeWays    Theme = "ways"   // how they go about it
	ThemeOthers  Theme = "others" // working with people
	ThemeMore    Theme = "more"   // topics of an operator's own pack
)

// themed are the topics of the bank by theme.
var themed = []TopicGroup{
	{ThemeFood, []string{
		"lunch", "snack", "break_drink", "friday_treat", "hot_day_food", "autumn_food", "new_year_food",
	}},
	{ThemeLeisure, []string{
		"into_lately", "watching", "app", "good_buy", "places", "travel", "real_rest", "unwind", "may_outdoors",
		"interest_news", "interest_tip", "interest_origin", "interest_pull",
	}},
	{ThemeSeasons, []string{
		"blossom_spot", "spring_sign", "fresh_start", "season_rain", "rainy_day", "keep_cool", "summer_sense",
		"autumn_walk", "autumn_evening", "year_find", "year_laugh", "new_year_try",
	}},
	{ThemeDay, []string{
		"desk", "tools", "work_sound", "on_the_way", "good_spot", "thinking_place", "best_hours", "remote_day",
		"week_highlight", "week_win", "friday_close", "easing_back", "breathing_space", "city",
	}},
	{ThemePath, []string{
		"past_work", "way_in", "joining", "field", "first_task", "first_own", "role_change", "settling_in",
		"craft", "old_habit", "learning", "first_day_self",
	}},
	{ThemeWork, []string{
		"good_day", "energy", "flow", "fun_project", "pride", "being_useful", "asked_for", "strength_use",
		"small_detail", "curiosity", "next_thing", "do_again", "keep_doing", "lighter_year", "redo", "hard_time",
		"worth_it", "well_spent",
	}},
	{ThemeWays, []string{
		"deciding", "learning_way", "unstuck", "clear_start", "support_style", "useful_comment", "lesson_from",
		"changed_mind", "non_negotiable", "change_here",
	}},
	{ThemeOthers, []string{
		"team_part", "good_team", "good_meeting", "alone_together", "trust", "thanks", "common_ground",
		"disagreement", "fair_share", "speaking_up",
	}},
}

// Themed parts topics by theme; those that belong to none come last, in the order
// in which they were given. Each topic is there once.
func Themed(topics []string) []TopicGroup {
	left := make(map[string]bool, len(topics))
	for _, topic := range topics {
		left[topic] = true
	}
	take := func(g TopicGroup, from []string) TopicGroup {
		for _, topic := range from {
			if left[topic] {
				g.Topics = append(g.Topics, topic)
			}
			delete(left, topic)
		}
		return g
	}
	var groups []TopicGroup
	for _, all := range append(themed[:len(themed):len(themed)], TopicGroup{ThemeMore, topics}) {
		if g := take(TopicGroup{Theme: all.Theme}, all.Topics); len(g.Topics) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}
