"""The names that LaTeX has for signs (The Comprehensive LaTeX Symbol List; amsmath and amssymb), by what they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from octavo.mathematics.formula import Kind, Variant


def _words(text: str) -> list[str]:
    return text.split()


def _table(text: str) -> dict[str, str]:
    words = _words(text)
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS: Final[Mapping[str, str]] = _table(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
    "mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ "
    "psi ψ omega ω imath ı jmath ȷ ell ℓ"
)
"""Letters that are set in italics."""

UPRIGHT: Final[Mapping[str, str]] = _table(
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω partial ∂ nabla ∇ infty ∞ "
    "forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ hbar ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ prime ′ "
    "angle ∠ triangle △ square □ Box □ blacksquare ■ top ⊤ bot ⊥ neg ¬ lnot ¬ flat ♭ natural ♮ sharp ♯ dots … "
    "ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ degree ° pounds £ euro € yen ¥ dag † ddag ‡ S § P ¶ "
    "copyright © complement ∁ mho ℧ eth ð diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠ checkmark ✓ "
    "backslash \\ lbrack [ rbrack ] surd √ blacktriangle ▲ bigstar ★ Diamond ◇ lozenge ◊ QED ∎"
)
BINARY: Final[Mapping[str, str]] = _table(
    "pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ "
    "wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ dagger † ddagger ‡ "
    "amalg ⨿ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◃ triangleright ▹ rtimes ⋊ ltimes ⋉ "
    "bowtie ⋈ boxplus ⊞ boxtimes ⊠"
)
RELATIONS: Final[Mapping[str, str]] = _table(
    "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝ ll ≪ gg ≫ subset ⊂ supset ⊃ "
    "subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ in ∈ notin ∉ ni ∋ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ "
    "dashv ⊣ models ⊨ vDash ⊨ prec ≺ succ ≻ preceq ⪯ succeq ⪰ asymp ≍ doteq ≐ leqslant ⩽ geqslant ⩾ lesssim ≲ "
    "gtrsim ≳ triangleq ≜ coloneqq ≔ colon : sqsubseteq ⊑ sqsupseteq ⊒ smile ⌣ frown ⌢ approxeq ≊ therefore ∴ "
    "because ∵ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ "
    "implies ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ "
    "Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ "
    "downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ "
    "rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ "
    "twoheadrightarrow ↠ nRightarrow ⇏ nrightarrow ↛ nsubseteq ⊈ ncong ≇ nleq ≰ ngeq ≱ nless ≮ ngtr ≯"
)
SUMS: Final[Mapping[str, str]] = _table(
    "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ "
    "bigsqcup ⨆"
)
"""Large operators whose limits stand above and below."""

INTEGRALS: Final[Mapping[str, str]] = _table("int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯")
FUNCTIONS: Final = frozenset(
    _words(
        "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh"
    )
)
LIMIT_FUNCTIONS: Final[Mapping[str, str]] = {
    **{name: name for name in ("lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "argmax", "argmin")},
    "limsup": "lim sup",
    "liminf": "lim inf",
}
OPENING: Final[Mapping[str, str]] = _table("lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ⟮")
CLOSING: Final[Mapping[str, str]] = _table("rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup ⟯")
BARS: Final[Mapping[str, str]] = _table("vert | Vert ‖ | ‖")
ACCENTS: Final[Mapping[str, str]] = _table(
    "hat ^ check ˇ tilde ~ acute ´ grave ` dot ˙ ddot ¨ breve ˘ bar ¯ vec → mathring ˚ dddot ⃛"
)
WIDE_ACCENTS: Final[Mapping[str, str]] = _table(
    "widehat ^ widetilde ~ overline ¯ overbrace ⏞ overrightarrow → overleftarrow ← overleftrightarrow ↔"
)
UNDER_ACCENTS: Final[Mapping[str, str]] = _table(
    "underline _ underbrace ⏟ underrightarrow → underleftarrow ←"
)
SPACES: Final[Mapping[str, float]] = {
    ",": 3 / 18,
    "thinspace": 3 / 18,
    ":": 4 / 18,
    ">": 4 / 18,
    "medspace": 4 / 18,
    ";": 5 / 18,
    "thickspace": 5 / 18,
    "!": -3 / 18,
    "negthinspace": -3 / 18,
    " ": 4 / 18,
    "enspace": 0.5,
    "quad": 1.0,
    "qquad": 2.0,
}
"""Room across by name, in ems; the mathematical unit is an eighteenth."""

SIGNS: Final[Mapping[str, tuple[str, Kind]]] = {
    "+": ("+", Kind.BINARY),
    "-": ("−", Kind.BINARY),
    "*": ("∗", Kind.BINARY),
    "/": ("/", Kind.ORDINARY),
    "=": ("=", Kind.RELATION),
    "<": ("<", Kind.RELATION),
    ">": (">", Kind.RELATION),
    ":": (":", Kind.RELATION),
    "(": ("(", Kind.OPENING),
    "[": ("[", Kind.OPENING),
    ")": (")", Kind.CLOSING),
    "]": ("]", Kind.CLOSING),
    "!": ("!", Kind.CLOSING),
    "?": ("?", Kind.CLOSING),
    ",": (",", Kind.PUNCTUATION),
    ";": (";", Kind.PUNCTUATION),
    "|": ("|", Kind.ORDINARY),
}
KNOWN: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(BINARY.values(), Kind.BINARY),
    **dict.fromkeys(RELATIONS.values(), Kind.RELATION),
    **dict.fromkeys((*SUMS.values(), *INTEGRALS.values()), Kind.LARGE),
    **dict.fromkeys("⟨⌊⌈", Kind.OPENING),
    **dict.fromkeys("⟩⌋⌉", Kind.CLOSING),
    "−": Kind.BINARY,
    ":": Kind.RELATION,
}
"""What signs are that are written as themselves."""

FONTS: Final[Mapping[str, Variant]] = {
    "mathrm": Variant.NORMAL,
    "mathup": Variant.NORMAL,
    "mathbf": Variant.BOLD,
    "mathit": Variant.ITALIC,
    "mathbb": Variant.DOUBLE_STRUCK,
    "mathcal": Variant.SCRIPT,
    "mathscr": Variant.SCRIPT,
    "mathfrak": Variant.FRAKTUR,
    "mathsf": Variant.SANS_SERIF,
    "mathtt": Variant.MONOSPACE,
    "boldsymbol": Variant.BOLD_ITALIC,
    "bm": Variant.BOLD_ITALIC,
}
TEXTS: Final = frozenset({"text", "textrm", "textnormal", "mbox", "textup", "textit", "textbf", "hbox"})

_ALPHABETS: Final[Mapping[Variant, str]] = {
    Variant.ITALIC: "MATHEMATICAL ITALIC ",
    Variant.BOLD: "MATHEMATICAL BOLD ",
    Variant.BOLD_ITALIC: "MATHEMATICAL BOLD ITALIC ",
    Variant.DOUBLE_STRUCK: "MATHEMATICAL DOUBLE-STRUCK ",
    Variant.SCRIPT: "MATHEMATICAL SCRIPT ",
    Variant.FRAKTUR: "MATHEMATICAL FRAKTUR ",
    Variant.SANS_SERIF: "MATHEMATICAL SANS-SERIF ",
    Variant.MONOSPACE: "MATHEMATICAL MONOSPACE ",
}
_ELSEWHERE: Final[Mapping[Variant, str]] = {
    Variant.ITALIC: "ℎ",
    Variant.SCRIPT: "ℬℰℱℋℐℒℳℛℯℊℴ",
    Variant.FRAKTUR: "ℭℌℑℜℨ",
    Variant.DOUBLE_STRUCK: "ℂℍℕℙℚℝℤ",
}
"""Letters of these alphabets that Unicode had before it had the others."""


@cache
def _alphabet(variant: Variant) -> Mapping[str, str]:
    """Return the letters of a mathematical alphabet by the plain ones (Unicode, 22.2)."""
    prefix = _ALPHABETS[variant]
    found: dict[str, str] = {}
    for code in range(0x1D400, 0x1D800):
        name = unicodedata.name(chr(code), "")
        rest = name.removeprefix(prefix)
        if rest != name and rest.split()[0] in ("CAPITAL", "SMALL", "DIGIT", "PARTIAL", "NABLA"):
            found.setdefault(unicodedata.normalize("NFKC", chr(code)), chr(code))
            found.setdefault(unicodedata.normalize("NFKD", chr(code)), chr(code))
    for each in _ELSEWHERE.get(variant, ""):
        found[unicodedata.normalize("NFKC", each)] = each
    # The curly and the straight forms of a few Greek letters have names of their own.
    for sign, name in (
        ("ϵ", "EPSILON"),
        ("ϑ", "THETA"),
        ("ϕ", "PHI"),
        ("ϱ", "RHO"),
        ("ϖ", "PI"),
        ("ϰ", "KAPPA"),
    ):
        try:
            found[sign] = unicodedata.lookup(f"{prefix}{name} SYMBOL")
        except KeyError:
            continue
    return found


def in_alphabet(text: str, variant: Variant) -> str:
    """Return letters as those of an alphabet, as far as Unicode has them."""
    if variant is Variant.NORMAL:
        return text
    letters = _alphabet(variant)
    return "".join(letters.get(each, each) for each in text)
