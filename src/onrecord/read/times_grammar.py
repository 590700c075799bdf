"""The grammar of time expressions: patterns, and by which function each is resolved.

Earlier rows win where matches overlap. The expression is the group `x` where a pattern has one, else the whole match. A pattern
without capitals is matched against the text in small letters, which is faster than to match it in any case. The last columns are
words that the text must have one of: a paragraph is searched by no more rows than its words call.
"""

from __future__ import annotations

from . import times_days as days
from . import times_lengths as lengths
from . import times_spans as spans
from .times_words import (
    DAY,
    DAY_NAMES,
    KIND,
    MON,
    MONTH_NAMES,
    NUM,
    PART,
    POD,
    UNIT,
    UNIT_NAMES,
    WD,
    YEAR,
    Row,
)  # fmt: skip

# --- Parts of patterns ---
HALF = r"(?P<half>[ap]\.m\.?|[ap]m\b|[AP]M\b)"
ZONES = (
    r"(?:UTC|GMT|[ECMP][SD]?T|BST|CES?T|EES?T|MSK|IST|JST|KST|local time|"
    r"(?:Eastern|Central|Pacific|Moscow|London|Kyiv|Beijing|Israel) time)\b"
)
CLOCK = (
    rf"(?<![\d.:,$€£])(?P<h>[01]?\d|2[0-3])(?::?(?P<min>[0-5]\d))?(?= ?(?:[ap]\.?m\b|[AP]M\b|{ZONES}))"
    rf"(?: ?{HALF}(?: (?:Eastern|Central|Pacific)\b(?! time))?)?(?: ?(?P<zone>{ZONES}))?"
)
AT = "|".join(f"(?<=\\b{word} )" for word in ("[Aa]t", "[Bb]y", "until", "from", "around", "about", "[Aa]fter", "[Bb]efore"))
NAMED = rf"(?:(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b|{WD}\b(?!s)|{MON} {DAY}(?:,? {YEAR}\b)?)"
# A day may follow an hour at once ("6 p.m. Monday"), and belongs to the expression, or apart ("6 p.m. on Monday"): then it is
# an expression of its own, and only looked at.
APART = rf"(?:(?=,? (?:on )?{NAMED})|)"
AND = r"(?: (?:and|or|to) | ?[-–] ?)"
ANY_MON, ANY_WD = MON.lower().replace("?p<", "?P<"), WD.lower().replace("?p<", "?P<")
LEAD = r"(?:(?P<lead>(?:[Ll]ast|[Nn]ext|[Tt]his(?: coming| past)?|(?:[Tt]he )?(?:[Pp]revious|[Cc]oming|upcoming|past))) )?"
EARLY = r"(?:(?:[Ee]arly|[Ee]arlier|[Ll]ate|[Ll]ater)[ -])?"
NTH = r"(?P<nth>first|second|third|fourth|last|final)"
WHICH = r"(?P<which>last|this|next)"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
TIES = "twenties thirties forties fifties sixties seventies eighties nineties"
EACH = NUM.replace("?P<num>", "?:")
FEW = r"(?P<unit>day|week|month|year|decade|hour|minute)(?P<many>s)"
ABOUT = (
    r"(?:(?:more than|less than|fewer than|at least|up to|nearly|almost|about|around|roughly|approximately|"
    r"(?<=\bin )over|(?<=\bfor )over|some(?= \d)) )?"
)
NUMERAL = (
    rf"{YEAR}\b(?![\d%]|[.,]\d|/\d|-\d(?!\d\d\d\b)|"
    r" (?:people|men|women|children|percent|per cent|troops|soldiers|dollars|euros|miles|km|kilomet|feet|jobs|times)\b)"
)
# What shows that "before" is no preposition, and that "the past" stands by itself.
CLAUSE_END = r"(?=[.,;:!?)'’”\"]|$| (?:and|or|but|when|is|was|has|had)\b)"
NO_NOUN = (
    r"(?=[.,;:!?)'’”\"]|$| (?:and|or|but|when|is|was|has|had|have|that|this|it|he|she|they|we|the|by|with|to|for|as|because)\b)"
)

# --- Words that call rows ---
PODS = "morning afternoon evening night"
SEASONS = "spring summer autumn fall winter"
CLOCKS = (
    "am pm m utc gmt est edt pst pdt cst cdt bst cet cest eet eest msk ist jst kst local eastern central pacific moscow london "
    "kyiv beijing israel"
)
PARTS = "early mid late beginning start middle end close rest remainder"
ENDS = "beginning|start|middle|end|close|rest|remainder"
LEADS = "last this next previous current coming upcoming following same that entire whole full"
PLURALS = "days weeks months years decades hours minutes seconds quarters centuries"
YEARS = "9999 9999-9999 9999–9999"
RANGES = "and or to 9-9 9-99 99-99 9–9 9–99 99–99"

DAY_ROWS: tuple[Row, ...] = (
    (rf"\b(?:Black|Bloody|Good|Super|Ash|Cyber|Palm|Easter|Holy|Whit|Giving) {WD}\b", days.name, DAY_NAMES, ""),
    (r"\bSeptember 11(?:th)?,?(?: 2001,?)? (?:terror(?:ist)? )?attack", days.name, "september", ""),
    (rf"\b[Tt]he {WD} (?:Times|Telegraph|Mail|Mirror|Express|Post|Herald)\b|\bMail on Sunday\b", days.name, DAY_NAMES, ""),
    (r"\b(?:USA|Russia|India|Pakistan|Turkey|Ukraine|China) Today\b", days.name, "today", ""),
    (r"\bat the end of the day,", days.name, "end", "day"),  # all things considered
    (rf"\b(?:the (?:late |early )?{POD} of|[Nn]ight of) {NAMED}", days.part_of_day, PODS, "of"),
    (rf"\b{EARLY}{LEAD}{NAMED} {POD}", days.part_of_day, PODS, ""),
    (rf"{CLOCK} {NAMED}", days.clock, CLOCKS, f"{DAY_NAMES} {MONTH_NAMES} today yesterday tomorrow"),
    (rf"{CLOCK}{APART}", days.clock, CLOCKS, ""),
    (rf"(?:{AT})(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?![\d%]|[:.,]\d){APART}", days.clock, "9:99 99:99", ""),
    (rf"\b(?P<noon>[Nn]oon|[Mm]idnight|[Mm]idday) {NAMED}", days.noon, "noon midnight midday", ""),
    (rf"\b(?P<noon>[Nn]oon|[Mm]idnight|[Mm]idday)\b{APART}", days.noon, "noon midnight midday", ""),
    (rf"\b(?:{ANY_WD},? (?:the )?)?{ANY_MON} {DAY},? {YEAR}\b", days.month_day, MONTH_NAMES, YEARS),
    (rf"\b(?:{ANY_WD},? (?:the )?)?{DAY}(?: of)? {ANY_MON},? {YEAR}\b", days.month_day, MONTH_NAMES, YEARS),
    (rf"\b{YEAR}-(?P<m>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b", days.numeric, "9999-99-99", ""),
    (rf"\b(?P<day>[0-3]\d)\.(?P<m>0[1-9]|1[0-2])\.{YEAR}\b", days.numeric, "99.99.9999", ""),
    (r"(?<![\w/])(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)/(?P<y>(?:19|20)?\d\d)\b(?!/)", days.slashed,
     "9/9/99 9/99/99 99/9/99 99/99/99 9/9/9999 9/99/9999 99/9/9999 99/99/9999", ""),
    (rf"\b{ANY_MON}(?: {DAY}\b)?,?(?: of)? {WHICH} year\b", spans.month_of_year, MONTH_NAMES, "year"),
    # "12 and 18 March", "March 20-22, 2008": each day is one expression.
    (rf"(?<![\w.,$€£-])(?P<x>(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?){AND}\d\d?(?:st|nd|rd|th)?(?: of)? {MON}"
     rf"(?:,? {YEAR}\b)?", days.month_day, MONTH_NAMES, RANGES),
    (rf"\b{MON} \d\d?(?:st|nd|rd|th)?{AND}(?P<x>{DAY}\b(?:,? {YEAR}\b)?)", days.month_day, MONTH_NAMES, RANGES),
    (rf"\b(?:{WD},? (?:the )?)?{MON} {DAY}\b(?:(?={AND}\d\d?,? {YEAR}\b)|)", days.month_day, MONTH_NAMES, ""),
    (rf"\b(?:{WD},? )?(?:the )?{DAY}(?: of)? {MON}(?![\w-])", days.month_day, MONTH_NAMES, ""),
    (r"\b(?P<holiday>Christmas(?: Day| Eve)?|Boxing Day|New Year['’]s (?:Day|Eve)|Halloween|Valentine['’]s Day|"
     rf"Independence Day|the Fourth of July)\b(?: {YEAR}\b|(?=\W*$|[.,;:)?!”\"—]| (?:but|in|at|on|to|for|when|is|was)\b))",
     days.holiday, "christmas boxing year halloween valentine independence fourth", ""),
    (rf"\b{ANY_WD}(?: of)? {WHICH} week\b", days.weekday_of_week, "week", DAY_NAMES),
    (rf"\b(?P<every>every |each )?{ANY_WD}(?(every)\b|s\b)", days.weekdays,
     f"every each {' '.join(f'{name}s' for name in DAY_NAMES.split())}", ""),
    (rf"\b{EARLY}{LEAD}{WD}\b", days.weekday, DAY_NAMES, ""),
    (r"\b(?P<word>the day before yesterday|the day after tomorrow)\b", days.word, "yesterday tomorrow", "day"),
    (r"\b(?:(?:early|earlier|late|later) )?(?P<word>yesterday|today|tomorrow)\b", days.word, "yesterday today tomorrow", ""),
    (r"\b(?:(?:early|earlier|late|later) )?(?P<word>(?:this|last) (?:morning|afternoon|evening|night)|tonight)\b", days.this_part,
     f"{PODS} tonight", ""),
    (rf"\b(?:the (?:very )?)?(?P<which>same|previous|next|following|that) (?:{POD}|day\b)", days.that_day, f"{PODS} day",
     "same previous next following that"),
    (rf"\bthe day (?P<which>before|after){CLAUSE_END}", days.that_day, "day", "before after"),
    # "The day" by itself is rarely a time; a market that ends it, or what is late in it, means the one that is told of.
    (rf"\b(?:early|earlier|late|later) in the day\b|\b(?:the )?(?:{ENDS}) of the day\b", days.the_day, "day",
     f"earlier later {PARTS}"),
    (r"\b(?:end|close|finish|start|begin|began)(?:s|ed|ing|ning)? (?P<x>the day)\b(?! (?:of|that|when|before|after)\b)",
     days.the_day, "day", ""),
    (r"\bfor (?P<x>the day)\b(?=[,.]| at\b)", days.the_day, "day", "for"),
    (rf"\bin (?P<x>the (?:early |late )?{POD})(?! of)", days.part_of_day, PODS, ""),
    (rf"\b{POD}(?= trading)", days.part_of_day, PODS, "trading"),
)  # fmt: skip

SPAN_ROWS: tuple[Row, ...] = (
    (rf"\b(?:the )?{NTH} week (?:of|in) {ANY_MON}(?:,? {YEAR}\b|(?![\w-]))",
     spans.week_of_month, "week", MONTH_NAMES),
    (rf"\b{PART}{MON},? (?:of )?{YEAR}\b", spans.month_year, MONTH_NAMES, PARTS),
    (rf"\b{MON},? (?:of )?{YEAR}\b", spans.month_year, MONTH_NAMES, YEARS),
    (rf"\b{PART}{MON}(?![\w-])", spans.month_alone, MONTH_NAMES, PARTS),
    (rf"\b(?P<lead>[Ll]ast|[Nn]ext|[Tt]his(?: coming| past)?) {MON}(?![\w-])", spans.month_alone, MONTH_NAMES, "last next this"),
    (rf"\b{MON}(?![\w-])", spans.month_alone, MONTH_NAMES, ""),
    (r"\b(?:the )?(?:same|corresponding|comparable) (?:period|quarter|month|time|day|week|half)(?:,? (?:of|in|from))?(?: the)? "
     rf"(?:last year|a year (?:ago|earlier|before)|(?:previous|prior) year|year (?:ago|earlier)|{YEAR})\b", spans.same_period,
     "same corresponding comparable", ""),
    (r"\b(?:the )?year-(?:ago|earlier)\b(?: (?:quarter|period|month)\b)?", spans.same_period, "year", "ago earlier"),
    (rf"\b(?:the )?{NTH}[ -]quarter(?: of|,| in)? (?:{WHICH} year|{YEAR})\b", spans.quarter,
     "quarter", ""),
    (rf"\b(?:the )?(?:{YEAR}(?:['’]s)? )?(?P<nth>first|second|third|fourth)[ -]quarter\b(?: of the year\b)?(?!-)",
     spans.quarter, "quarter", ""),
    (rf"\bQ(?P<q>[1-4])\b(?:,? (?:of )?{YEAR}\b)?", spans.quarter, "q", ""),
    (r"\b(?:for|in|during|of) (?P<x>(?:the|that) quarter)\b(?! of)", spans.the_quarter, "quarter", ""),
    (rf"\b(?:the )?(?P<nth>first|second) half(?: of| in)? (?:{YEAR}|{WHICH} year|the year)\b", spans.half, "half", ""),
    (rf"\b(?:the )?(?:fiscal|financial)(?: year)? {YEAR}\b(?:[-/]\d\d\b)?", spans.fiscal_year, "fiscal financial", ""),
    (rf"\b(?:FY ?|the (?=\d+ (?:fiscal|financial) year\b)){YEAR}\b(?: (?:fiscal|financial) year)?", spans.fiscal_year,
     "fy fiscal financial", ""),
    (r"\b(?:the )?(?P<lead>last|this|next|current|previous|coming) (?:fiscal|financial) year\b", spans.fiscal_year,
     "fiscal financial", ""),
    (r"\b(?:(?P<lead>(?:last|this|next|the)(?: past| coming)?) )?weekend\b", spans.weekend, "weekend", ""),
    (rf"\b{PART}(?:the )?{SEASON}(?: of|,)? {YEAR}\b", spans.season, SEASONS, YEARS),
    (rf"\b{PART}(?P<lead>last|this(?: past| coming)?|next|the coming) {SEASON}\b", spans.season, SEASONS,
     "last this next coming"),
    (rf"\b(?:in|by|until|since|during|before|after|over) (?P<x>{PART}(?:the )?(?P<season>spring|fall))\b"
     r"(?! (?:of|in|to|from|by)\b|-)", spans.season, "spring fall", ""),
    (rf"\b{PART}(?:the )?(?P<season>[Ss]ummer|[Aa]utumn|[Ww]inter|(?<!hot )(?<!to )spring)\b"
     r"(?! (?:[A-Z]|to |up |from |into |of )|-)", spans.season, SEASONS, ""),
    (r"\b(?:the )?(?:past|last|next|coming) (?P<unit>decade|centur)y?\b", lengths.one, "decade century", "past last next coming"),
    (r"\bthe past (?P<unit>day|week|month|year|quarter|hour)\b", lengths.one, "past", ""),
    (rf"\b(?:the )?(?P<part>early|mid|late|earlier|later|(?:very )?(?:{ENDS}) of)[ -](?:the )?"
     rf"(?P<lead>the|{LEADS.replace(' ', '|')}) {UNIT}(?<!s)(?!-(?:long|old))", spans.relative_unit, UNIT_NAMES,
     f"earlier later {PARTS}"),
    (rf"\b(?:the )?(?P<lead>{LEADS.replace(' ', '|')}) {UNIT}(?<!s)(?!-(?:long|old))", spans.relative_unit, UNIT_NAMES, LEADS),
    (rf"\bthe (?P<unit>year|month|week|quarter) (?P<lead>previous|before|earlier|after|following){CLAUSE_END}",
     spans.relative_unit, "year month week quarter", "previous before earlier after following"),
    (r"\b(?:by|until|before|on) (?P<x>that (?:time|date))\b", spans.that_time, "time date", "that"),
    (r"\b(?:the )?year(?:-|['’]s )end\b", spans.year_end, "year", "end"),
    (rf"\b(?:the )?{PART}['’]?(?P<year>(?:1[6-9]|20)\d0)['’]?s\b", spans.decade, "9999s 9999", "9999s s"),
    (rf"(?:\bthe {PART}['’]?|(?<=0s and )|(?<=0s or )|(?<=0s to ))(?P<yy>[5-9]0|(?<=['’])[2-4]0)s\b(?! (?:degrees|percent))",
     spans.decade, "99s", ""),
    (rf"\bthe {PART}(?P<tens>{TIES.replace(' ', '|')})\b", spans.decade, TIES, ""),
    (rf"\b(?:the )?{PART}(?P<nth>\d\d?(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)[ -]century\b", spans.century,
     "century", ""),
    (rf"(?:(?<![\w.,$€£/#-])|(?<=\b\d\d\d\d-)){PART}\b{NUMERAL}", spans.year_alone, YEARS, PARTS),
    (rf"\b{NUMERAL}(?:(?<![\w.,$€£/#-]\d\d\d\d)|(?<=\b\d\d\d\d-\d\d\d\d))", spans.year_alone, YEARS, ""),
    (r"\b(?P<year>1[1-8]\d\d)\b(?:(?<=\b[Ii]n \d{4})|(?<=\b[Ss]ince \d{4})|(?<=\b[Yy]ear \d{4}))(?![-.,/]?\d| [a-z]+s\b)",
     spans.year_alone, "9999", ""),
    (r"['’](?P<yy>\d\d)\b(?!s)(?:(?<=since .\d\d)|(?<=\b(?:in|of|by) .\d\d)|(?<=from .\d\d)|(?<=than .\d\d))", spans.short_year,
     "99", "since in of by from than"),
)  # fmt: skip

LENGTH_ROWS: tuple[Row, ...] = (
    (rf"\b(?=\w){ABOUT}{NUM}[ -]{KIND}{UNIT}(?: or (?:so|more))? (?P<way>ago|from now|hence|(?:earlier|later)(?! than)|"
     rf"before{CLAUSE_END})(?!\w)", lengths.distance, UNIT_NAMES, "ago now hence earlier later before"),
    (r"\b(?:(?:many|some) )?(?:day|week|month|year|decade|hour|minute|centurie)s ago\b|\blong ago\b", lengths.long_ago,
     "ago", ""),
    (rf"\bevery (?:(?:(?P<other>other)|{NUM})[ -])?{UNIT}", lengths.every, "every", UNIT_NAMES),
    (rf"\beach {UNIT}", lengths.every, "each", UNIT_NAMES),
    (rf"\b(?:once|twice|{EACH} times) (?:an?|each|every|per) {UNIT}", lengths.every, "once twice times", UNIT_NAMES),
    (rf"\b(?:the )?(?P<lead>last|past|next|recent|coming|previous|first|final|following) {NUM}[ -]{KIND}{UNIT}", lengths.duration,
     UNIT_NAMES, "last past next recent coming previous first final following"),
    (rf"\b(?=\w){ABOUT}{NUM}[ -]{KIND}{UNIT}(?:-(?:long|old))?(?! ago)", lengths.duration, UNIT_NAMES, ""),
    # "Between 60 and 90 days", "two or three days": the first number is a length too.
    (rf"\bbetween (?P<x>{NUM})(?= and {EACH}[ -]{FEW}\b)", lengths.duration, "between", PLURALS),
    (rf"(?<![\w.,$€£-])(?P<x>{NUM})(?=(?: (?:to|or) |[-–]){EACH}[ -]{FEW}\b)", lengths.duration, PLURALS,
     RANGES.removeprefix("and ")),
    (r"\b(?:for|in|over|within|after|during|just|mere|through|takes?|took|last(?:ed|ing)?) (?P<x>(?:the )?"
     rf"(?:(?P<lead>last|past|recent|next|coming|previous|current) )?{UNIT}(?<=s))(?! ago| earlier| later)", lengths.vague,
     PLURALS, ""),
    (rf"\b(?:the )?(?P<lead>recent|coming) {UNIT}(?<=s)", lengths.vague, PLURALS, "recent coming"),
    (rf"\b{UNIT}(?<=s)(?:-(?:long|old)\b|(?= (?:in the making|after|before|earlier|later|on end)\b))", lengths.vague,
     PLURALS, ""),
    (rf"\b(?!day|hour|minute|second){UNIT}(?<=s)(?= of\b)", lengths.vague, PLURALS, ""),
    (r"\b(?P<unit>day|week|month|year|decade|hour)-?long\b", lengths.one, "long daylong weeklong monthlong yearlong", ""),
    (r"\b(?:[Dd]ai|[Ww]eek|[Mm]onth|[Aa]nnual|[Yy]ear|[Qq]uarter|[Hh]our|[Nn]ight)ly\b(?! [A-Z])|\b[Aa]nnual\b", lengths.adverb,
     "daily weekly monthly annual annually yearly quarterly hourly nightly", ""),
    (r"\b(?:right )?now\b(?!-| that\b)|\bcurrently\b|\bnowadays\b|\bthe time being\b|\bthese days\b", lengths.reference,
     "now currently nowadays being these", ""),
    (r"\bat (?P<x>the (?:moment|present)|present)\b(?! of)", lengths.reference, "moment present", ""),
    (r"\b(?:more |most |very |only )?recently\b|\blately\b|\bpreviously\b", lengths.reference, "recently lately previously", ""),
    (rf"\bthe (?:recent |distant )?past\b{NO_NOUN}", lengths.reference, "past", ""),
    (r"\b(?<!most )(?<!more )recent\b|\bcurrent(?= [a-z])(?! (?:of|in|is|was|and|or|to|that)\b)", lengths.reference,
     "recent current", ""),
    (r"(?<!\bas )(?<!\btoo )\b(?:very )?soon\b(?! after)|\bshortly\b(?! after| before)", lengths.reference, "soon shortly", ""),
    (r"\bthe (?:(?:near|foreseeable|immediate|distant|not-too-distant) )?future\b(?! (?:of|[a-z]+s)\b)", lengths.reference,
     "future", ""),
    (r"\b(?:in|over|for) (?P<x>the (?:near|short|medium|long|longer|intermediate)[ -]term)\b", lengths.reference, "term", ""),
)  # fmt: skip
ROWS = (*DAY_ROWS, *SPAN_ROWS, *LENGTH_ROWS)
