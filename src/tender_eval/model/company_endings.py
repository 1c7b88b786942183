"""What companies are called at the end of their names, by where they are registered.

Two names that differ in nothing but these are taken for one supplier's where neither states an identifier. Written as
names are compared: in small letters, without full stops. Sources: Companies Act 2006 ss.58-60 and the Companies
(Audit, Investigations and Community Enterprise) Act 2004 s.33 for the United Kingdom; elsewhere ISO 20275 (entity
legal forms), its abbreviations.
"""

from __future__ import annotations

from collections.abc import Mapping

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "United Kingdom": (
        "limited", "ltd", "public limited company", "plc", "community interest company", "cic",
        "community interest public limited company", "community interest plc", "limited liability partnership", "llp",
        "limited partnership", "lp", "charitable incorporated organisation", "cio",
        "scottish charitable incorporated organisation", "scio", "unlimited", "cyfyngedig", "cyf", "ccc", "cbc", "pac",
    ),
    "Ireland": ("designated activity company", "dac", "company limited by guarantee", "clg", "teoranta", "teo", "cpt"),
    "United States": ("incorporated", "inc", "corporation", "corp", "llc", "limited liability company", "co"),
    "Australia": ("pty ltd", "pty limited", "pty"),
    "Germany and Austria": ("gmbh", "gmbh and co kg", "ggmbh", "ag", "kg", "ohg", "ug", "ev", "eg", "se", "mbh"),
    "France": ("sa", "sas", "sasu", "sarl", "eurl", "snc", "scop"),
    "Italy": ("spa", "srl", "sapa", "snc", "sas"),
    "Spain and Portugal": ("sl", "slu", "sa", "lda", "limitada"),
    "Belgium and the Netherlands": ("bv", "nv", "bvba", "vzw", "asbl", "cv"),
    "Denmark, Norway and Sweden": ("aps", "a s", "as", "asa", "ab", "hb"),
    "Finland": ("oy", "oyj"),
    "Poland": ("sp z oo", "spolka z oo", "sa", "spk"),
    "Czechia and Slovakia": ("sro", "spol s ro", "as"),
    "Latin America": ("sa de cv", "srl", "ltda", "spa", "eirl"),
}  # fmt: skip
