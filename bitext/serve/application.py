"""The routes of the service, and how its refusals look."""

import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException as StarletteException

from bitext import __version__
from bitext.engines import Engine
from bitext.errors import BitextError
from bitext.glossary import Glossary
from bitext.serve import markup
from bitext.serve.detection import detect
from bitext.serve.documentation import page
from bitext.serve.gathering import Busy, Gathered
from bitext.serve.limits import Limited, Limits
from bitext.serve.models import (
    AlignRequest,
    AlignResponse,
    CheckRequest,
    CheckResponse,
    Detected,
    DetectRequest,
    Failure,
    Language,
    TranslateRequest,
    TranslateResponse,
)
from bitext.serve.translating import Translated, align, check, glossary_of, translate

Model = TypeVar("Model", bound=BaseModel)
LANGUAGES = [
    Language(code="en", name="English", targets=["en"]),
    Language(code="fr", name="French", targets=["en"]),
]
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure} for status in (400, 413, 429, 500, 503)
}


def create_app(
    engine: Engine,
    glossary: Glossary,
    *,
    limits: Limits | None = None,
    hosts: Iterable[str] = (),
) -> FastAPI:
    """The application; `hosts` are the names that it answers to (none: any)."""
    bounds = limits or Limits()
    gathered = Gathered(engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> Any:
        yield
        gathered.close()

    app = FastAPI(
        title="bitext",
        version=__version__,
        description="French to English translation that keeps to a glossary.",
        docs_url=None,  # FastAPI's own page loads its scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(Limited, limits=bounds, hosts=tuple(hosts))
    refusals(app)

    # Plain functions run in threads, where waiting for the engine holds nobody up.
    @app.post(
        "/translate",
        responses=REFUSALS,
        openapi_extra=body_of(TranslateRequest),
        response_model_exclude_none=True,
    )
    def translate_texts(
        asked: Annotated[TranslateRequest, Depends(reader(TranslateRequest))],
    ) -> TranslateResponse:
        """Translate a text or several, as LibreTranslate does, and keep to a glossary."""
        texts = [asked.q] if isinstance(asked.q, str) else asked.q
        bound(texts, bounds)
        own = glossary_for(asked.glossary, glossary, bounds)
        found = languages(asked, texts)
        french = [text for text, one in zip(texts, found, strict=True) if one.language == "fr"]
        made = iter(answered(french, asked.format, gathered, own))
        done = [
            next(made) if one.language == "fr" else Translated(text, [])
            for text, one in zip(texts, found, strict=True)
        ]
        return response(asked, done, found)

    @app.post("/detect", responses=REFUSALS, openapi_extra=body_of(DetectRequest))
    def detect_language(
        asked: Annotated[DetectRequest, Depends(reader(DetectRequest))],
    ) -> list[Detected]:
        """Tell French from English."""
        texts = [asked.q] if isinstance(asked.q, str) else asked.q
        bound(texts, bounds)
        language, confidence = detect(" ".join(texts))
        return [Detected(confidence=confidence, language=language)]

    @app.get("/languages")
    def list_languages() -> list[Language]:
        """The languages, and what each can be translated into."""
        return LANGUAGES

    @app.post("/qa", responses=REFUSALS, openapi_extra=body_of(CheckRequest))
    def check_pairs(
        asked: Annotated[CheckRequest, Depends(reader(CheckRequest))],
    ) -> CheckResponse:
        """Check finished translations: numbers, terms, quotes, and what else may be amiss."""
        bound([text for pair in asked.pairs for text in (pair.source, pair.target)], bounds)
        own = glossary_for(asked.glossary, glossary, bounds)
        return CheckResponse(flags=[check(pair, own) for pair in asked.pairs])

    @app.post("/align", responses=REFUSALS, openapi_extra=body_of(AlignRequest))
    def align_texts(
        asked: Annotated[AlignRequest, Depends(reader(AlignRequest))],
    ) -> AlignResponse:
        """Align a French text with its English translation, sentence by sentence."""
        bound([asked.french, asked.english], bounds)
        own = glossary_for(asked.glossary, glossary, bounds)
        return align(asked, gathered, own)

    @app.get("/health")
    def health() -> dict[str, str]:
        """Whether the service is up, and with what it translates."""
        return {"status": "ok", "signature": engine.signature}

    @app.get("/", include_in_schema=False)
    @app.get("/docs", include_in_schema=False)
    def documentation() -> HTMLResponse:
        return page(app.openapi())

    return app


def reader(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """Reads a request's body, JSON or a form, as LibreTranslate's clients send either."""

    async def read(request: Request) -> Model:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        plain: Any
        if kind == "application/json":
            try:
                plain = json.loads(await request.body())
            except (ValueError, RecursionError) as error:
                raise HTTPException(400, "Invalid request: not JSON") from error
        else:
            async with request.form(max_files=0, max_fields=20) as form:
                plain = dict(request.query_params) | dict(form)
        try:
            return model.model_validate(plain)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "body"
            raise HTTPException(400, f"Invalid request: {where}: {first['msg']}") from error

    return read


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """The request's body as OpenAPI has it."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    kinds = ("application/json", "application/x-www-form-urlencoded")
    return {"requestBody": {"required": True, "content": {k: {"schema": schema} for k in kinds}}}


def bound(texts: list[str], limits: Limits) -> None:
    """Refuse no text, too many texts, and too much of it, in LibreTranslate's words."""
    if not any(texts):
        raise HTTPException(400, "Invalid request: missing q parameter")
    for size, most in ((len(texts), limits.texts), (sum(map(len, texts)), limits.characters)):
        if size > most:
            said = f"Invalid request: request ({size}) exceeds text limit ({most})"
            raise HTTPException(400, said)


def glossary_for(terms: Any, default: Glossary, limits: Limits) -> Glossary:
    if terms is None:
        return default
    if len(terms) > limits.terms:
        raise HTTPException(400, f"Invalid request: more than {limits.terms:,} glossary terms")
    return glossary_of(terms)


def languages(asked: TranslateRequest, texts: list[str]) -> list[Detected]:
    """The language of each text; refuses those that there is no way from or to."""
    if asked.target != "en":
        raise HTTPException(400, f"{asked.target} is not supported: translations are into en")
    if asked.source == "auto":
        whole = detect(" ".join(texts))
        # A short text by itself says too little; the others speak for it.
        found = [detect(text) if len(text) > 40 else whole for text in texts]
        return [Detected(confidence=confidence, language=code) for code, confidence in found]
    if asked.source not in ("fr", "en"):
        raise HTTPException(400, f"{asked.source} is not supported: translations are from fr")
    return [Detected(confidence=100.0, language=asked.source) for _ in texts]


def answered(texts: list[str], form: str, engine: Engine, glossary: Glossary) -> list[Translated]:
    if form == "text":
        return translate(texts, engine, glossary)
    made: list[Translated] = []

    def through(plain: list[str]) -> list[str]:
        made.extend(translate(plain, engine, glossary))
        return [each.text for each in made]

    marked = markup.translated(texts, through)
    # Which text a piece was of is of no use to those who ask what became of the terms.
    terms = [row for each in made for row in each.terms]
    return [Translated(text, terms if not n else []) for n, text in enumerate(marked)]


def response(
    asked: TranslateRequest, done: list[Translated], found: list[Detected]
) -> TranslateResponse:
    """The answer in the form of the question: a list for a list."""
    single = isinstance(asked.q, str)
    texts, terms = [each.text for each in done], [each.terms for each in done]
    empty: list[Any] = []
    return TranslateResponse(
        translatedText=texts[0] if single else texts,
        detectedLanguage=(found[0] if single else found) if asked.source == "auto" else None,
        alternatives=(empty if single else [empty for _ in texts]) if asked.alternatives else None,
        terms=(terms[0] if single else terms) if asked.glossary is not None else None,
    )


def refusals(app: FastAPI) -> None:
    """Every refusal is {"error": …}, whoever makes it."""

    @app.exception_handler(Exception)
    async def unforeseen(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": "a fault of the server's, which its log explains"}, 500)

    @app.exception_handler(StarletteException)
    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, StarletteException)
        return JSONResponse({"error": str(error.detail)}, error.status_code)

    @app.exception_handler(BitextError)
    async def failed(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 503 if isinstance(error, Busy) else 500)
