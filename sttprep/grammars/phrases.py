"""Lists of plain phrases: the largest part of large grammars."""

from __future__ import annotations

from collections.abc import Sequence

from sttprep.grammars import expression as tree

__all__ = ["Phrases", "plain"]


def plain(node: tree.Expression) -> str | None:
    """The words of a node that is nothing but words; None for others.

    >>> from sttprep.grammars.expression import Sequence, Token
    >>> plain(Sequence((Token("hot"), Token("tea")))), plain(Sequence(()))
    ('hot tea', None)
    """
    if isinstance(node, tree.Token):
        return node.text
    if not isinstance(node, tree.Sequence):
        return None
    texts = [item.text for item in node.items if isinstance(item, tree.Token)]
    return " ".join(texts) if texts and len(texts) == len(node.items) else None


class Phrases:
    """Phrases with weights, those with the same first words together (a trie).

    >>> drinks = Phrases()
    >>> drinks.add("hot tea", 1.0)
    >>> drinks.add("hot milk", 2.0)
    >>> drinks.rows, drinks.weights
    ([{'hot': 1}, {'tea': 2, 'milk': 3}, {}, {}], [0.0, 0.0, 1.0, 2.0])
    """

    def __init__(self) -> None:
        self.words: dict[str, float] = {}
        """Weights of the phrases of one word."""
        self.rows: list[dict[str, int]] = [{}]
        """For each beginning of the others: word → longer beginning; number 0 is the empty one."""
        self.weights = [0.0]
        """For each beginning: weight of the phrases that are just that."""

    def add(self, phrase: str, weight: float) -> None:
        """One more phrase."""
        if " " not in phrase:
            self.words[phrase] = self.words.get(phrase, 0.0) + weight
            return
        rows = self.rows
        at = 0
        for word in phrase.split(" "):
            row = rows[at]
            if word in row:
                at = row[word]
            else:
                at = row[word] = len(rows)
                rows.append({})
                self.weights.append(0.0)
        self.weights[at] += weight

    def add_all(self, phrases: Sequence[str]) -> None:
        """Many more phrases, each of weight 1."""
        if not self.words and " " not in "\0".join(phrases):
            self.words = dict.fromkeys(phrases, 1.0)
            if len(self.words) == len(phrases):
                return
            self.words = {}
        for phrase in phrases:
            self.add(phrase, 1.0)

    def settle(self) -> None:
        """Words that longer phrases start with become beginnings too."""
        for word, number in self.rows[0].items():
            if word in self.words:
                self.weights[number] += self.words.pop(word)
