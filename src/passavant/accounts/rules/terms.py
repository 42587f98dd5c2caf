"""The terms of use: the version in force is stored with each acceptance."""

VERSION = "2026-11"
