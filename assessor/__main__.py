"""`python -m assessor` and the `assessor` command."""

from assessor.cli.main import main

if __name__ == "__main__":
    main()
