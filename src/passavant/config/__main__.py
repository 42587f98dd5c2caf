"""`python -m passavant.config`: the same program, whatever the PATH."""

from passavant.config.command import main

main()
