"""What is asked and answered, as data that checks itself and describes itself in OpenAPI."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Term(BaseModel):
    """A glossary row; a target that is the source keeps the term as it is."""

    source: str = Field(min_length=1, examples=["avocat"])
    target: str = Field(min_length=1, examples=["lawyer"])


class TranslateRequest(BaseModel):
    """LibreTranslate's request; `glossary` takes the place of the server's own."""

    model_config = ConfigDict(extra="ignore")

    q: str | list[str] = Field(description="A text, or several.", examples=["Bonjour à tous."])
    source: str = Field(description="fr or auto", examples=["fr"])
    target: str = Field(description="en", examples=["en"])
    format: Literal["text", "html"] = "text"
    alternatives: int = Field(0, ge=0, description="Accepted; there are none to give.")
    glossary: list[Term] | None = None


class Detected(BaseModel):
    """A language, and how sure that is, from 0 to 100."""

    confidence: float
    language: str


class TermReport(BaseModel):
    """What became of one occurrence of a term."""

    source: str
    required: str
    outcome: str
    found: str
    reason: str


class TranslateResponse(BaseModel):
    """LibreTranslate's answer; lists where the request had a list."""

    translatedText: str | list[str]
    detectedLanguage: Detected | list[Detected] | None = None
    alternatives: list[Any] | None = None
    terms: list[TermReport] | list[list[TermReport]] | None = Field(
        None, description="Each term's occurrences, if the request had a glossary."
    )


class DetectRequest(BaseModel):
    model_config = ConfigDict(extra="ignore")

    q: str | list[str] = Field(examples=["Bonjour à tous."])


class Language(BaseModel):
    code: str
    name: str
    targets: list[str]


class Pair(BaseModel):
    """A sentence and its translation."""

    source: str = Field(examples=["Il a 30 ans."])
    target: str = Field(examples=["He is 20."])


class CheckRequest(BaseModel):
    """Pairs to check, and terms that their translations must keep to."""

    pairs: list[Pair]
    glossary: list[Term] | None = None


class Flag(BaseModel):
    """What a check found, in the terms of MQM; spans count characters."""

    check: str
    severity: str
    message: str
    category: str
    source_spans: list[tuple[int, int]]
    target_spans: list[tuple[int, int]]


class CheckResponse(BaseModel):
    """A list of flags for each pair."""

    flags: list[list[Flag]]


class AlignRequest(BaseModel):
    """A French text and its English translation, in paragraphs."""

    french: str = Field(examples=["Il dort. Il rêve."])
    english: str = Field(examples=["He sleeps and dreams."])
    glossary: list[Term] | None = None


class AlignedPair(BaseModel):
    """
    Sentences that translate each other; one side is empty where nothing stands opposite.

    `kind` counts them ("2-1"), or is "omitted" or "added"; `confidence` is from 0 to 1.
    """

    source: str
    target: str
    kind: str
    confidence: float


class AlignResponse(BaseModel):
    """The pairs in the order of the texts, and what makes these an unlikely pair of texts."""

    pairs: list[AlignedPair]
    doubts: list[str]


class Failure(BaseModel):
    """Every refusal."""

    error: str
