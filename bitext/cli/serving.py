"""`bitext serve`: the service on this machine."""

import ipaddress
import socket
from typing import Annotated

import typer

from bitext.cli.options import EngineName, Glossaries, Model, Preset

# Where LibreTranslate listens, so that its clients find us there.
PORT = 5000


def serve(
    glossary: Glossaries = None,
    model: Model = "auto",
    engine: EngineName = "ct2",
    preset: Preset = "best",
    host: Annotated[
        str, typer.Option(help="The address to listen on; by default this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = PORT,
    rate: Annotated[
        int, typer.Option(min=0, help="Requests a minute that one client may make; 0: any.")
    ] = 600,
    characters: Annotated[
        int, typer.Option("--max-characters", min=1, help="Characters in one request.")
    ] = 100_000,
) -> None:
    """
    Translate for other programs, over HTTP: LibreTranslate's clients work; / explains the rest.

    Example: bitext serve --glossary glossary/parler.tsv
    """
    from bitext import runs
    from bitext.enforce import held
    from bitext.engines.opening import choose, open_engine
    from bitext.errors import MissingExtra
    from bitext.glossary import Glossary

    try:
        import uvicorn

        from bitext.serve import Limits, create_app
        from bitext.serve.patience import Prompt
    except ImportError as error:
        raise MissingExtra("bitext serve", "serve") from error
    entries, _ = runs.read_glossaries(glossary or ())
    choice = choose(engine, model=model, preset=preset)
    with listening(host, port) as door:
        ready = open_engine(choice, wrap=held)
        hosts = names(host)
        limits = Limits(characters=characters, per_minute=rate)
        app = create_app(ready, Glossary(entries), limits=limits, hosts=hosts)
        place = f"http://{'[' + host + ']' if ':' in host else host}:{door.getsockname()[1]}"
        typer.echo(f"bitext: listening on {place} ({choice.signature})", err=True)
        if not hosts:
            typer.echo("bitext: other machines can reach it, without a password", err=True)
        config = uvicorn.Config(
            app,
            log_level="warning",
            http=Prompt,
            limit_concurrency=200,
            timeout_graceful_shutdown=10,
            server_header=False,
        )
        try:
            uvicorn.Server(config).run(sockets=[door])
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


def listening(host: str, port: int) -> socket.socket:
    """A socket at the address; raises OutputError."""
    from bitext.errors import OutputError, reason

    try:
        host.encode("idna")  # as the socket would, which is left open where that fails
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except UnicodeError as error:
        raise OutputError(host, "is no name of a machine; name another with --host") from error
    except OSError as error:
        problem = f"cannot be listened on ({reason(error)}); name another with --host or --port"
        raise OutputError(f"{host}:{port}", problem) from error


def names(host: str) -> tuple[str, ...]:
    """The names under which a server of this machine alone may be asked for; else none, for any."""
    try:
        own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = host == "localhost"
    return ("localhost", "127.0.0.1", "::1", host) if own else ()
