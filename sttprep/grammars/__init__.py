"""SRGS ABNF, SRGS XML (GrXML) and JSGF grammars: read, checked, understood, compared, compiled.

::

    bytes ─decode─→ text ─abnf | grxml | jsgf─→ Grammar ─link─→ Linked ─check─→ findings
                                                   │              │
                 write ←───────────────────────────┤              ├─compiler─→ Automaton ─→ fsg
                 diagram, html ←───────────────────┘              └─net, chart─→ Parse

=================================  ================================================================
expression, grammar                the tree and the value; every question is a method of `Grammar`
decode, read                       bytes → text → grammar or everything that is wrong with it
statements, dialects,              what ABNF and JSGF share: statements, comments, nodes of plain
documentation, assemble            rules
abnf…, jsgf…, grxml…               the three readers: ``…_plain`` common rules, lark the rest
link, linker, locate               references to other grammars, imports
facts, rule_graph, recursion       what a rule says by itself, and all rules together
check…, profiles, wording          findings: names, sense, what IBM and pocketsphinx make of it
compiler, dag, nfa, minimise,      rules → minimal deterministic automaton, within a budget
live, phrases, budget, refusals
automaton, counting, sampling      sentences: which, how many, some of them
fsg, fsg_weights                   the recognizer's graph, with probabilities
net, chart, parse                  matching by rules: parse trees, any recursion
configurations, ambiguity          sentences with several parses
compare, nearest                   two grammars; a grammar and a sentence it does not accept
units, coverage, cover, quoted     which parts sentences use; sentences that use every part
write…                             grammar → ABNF, XML, JSGF
diagram, diagram_layout, html,     pictures, pages, colours
highlight
=================================  ================================================================
"""

from __future__ import annotations

from sttprep.grammars.grammar import Grammar, Header, Rule
from sttprep.grammars.read import check_grammar, read_grammar

__all__ = ["Grammar", "Header", "Rule", "check_grammar", "read_grammar"]
