# ruff: noqa: E501  a text reads best on one line
"""How the scorecards say their measures are computed, as templates for translators.

Kept beside `planner.language.room_words`, which says what such lists are for.
"""

from __future__ import annotations

from planner.language.speech import message

NAMES = (
    message("contacts that entered the queue"),
    message("contacts an agent took"),
    message("contacts that came while the queue was closed; in no other measure"),
    message("contacts the plan expected"),
    message("talk (or conversation) / answered"),
    message("hold / answered"),
    message("after-contact work / answered"),
    message("(abandoned - short) / (offered - short), short = within the short-abandon threshold"),
    message("mean wait of those answered"),
    message("longest wait of any contact, answered or not"),
    message("offered / forecast"),
    message("sum of |offered - forecast| of the intervals / offered"),
    message(
        "mean final score of the random sample; 0 where a critical item failed; interval by bootstrap over agents"
    ),
    message(
        "mean final score of the targeted stream, which estimates nothing; 0 where a critical item failed; interval by bootstrap over agents"
    ),
    message("mean score of the random sample before critical items count; interval by bootstrap over agents"),
    message(
        "mean score of the targeted stream, which estimates nothing before critical items count; interval by bootstrap over agents"
    ),
    message("mean share of the item's points"),
    message("1 - evaluations with a customer-critical error / evaluations scored for one"),
    message("1 - evaluations with a business-critical error / evaluations scored for one"),
    message("1 - evaluations with a compliance-critical error / evaluations scored for one"),
    message("1 - customer-critical items failed / critical items scored"),
    message("1 - business-critical items failed / critical items scored"),
    message("1 - compliance-critical items failed / critical items scored"),
    message("24 h"),
    message("72 h"),
    message("3 d"),
    message("7 d"),
    message("30 d"),
    message("only reasons the first line can resolve"),
    message("contacts that a bot closed, a person's contact afterwards is a repeat"),
    message("customers who say resolved / survey answers"),
    message("agents' dispositions resolved / all dispositions"),
    message("not passed on / answered contacts"),
    message("contacts of unknown customers / answered contacts"),
    message("on neither side of a repeat"),
    message("answers of 4 and 5 points of 5 / answers"),
    message("answers of 1 and 2 points of 5 / answers"),
    message("(answers of 9 and 10 - answers of 0 to 6) / answers, -1 to 1"),
    message("mean of the points, 1 to 5"),
    message("surveys answered / surveys sent"),
    message("of those who answered, see “Surveys answered”"),
    message("of those who answered, see survey_response"),
)

TEMPLATES = (
    message("(answered + abandoned in {within} s) / offered (formula {n})"),
    message("answered in {within} s / answered (formula {n})"),
    message("answered in {within} s / offered (formula {n})"),
    message("answered in {within} s / (answered + abandoned after {later} s) (formula {n})"),
    message("(answered in {within} s + short abandons) / offered (formula {n})"),
    message("finished within {hours} business hours / received"),
    message(
        "no contact of the same customer and reason within {window} of close / contacts with none in the {before} before, customer known, {whole} fully elapsed, the log known for {back} before"
    ),
)
