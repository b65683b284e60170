package dev.statelessmcp.examples.notes;

import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Length;

/** A note: what the tool {@code write} takes, and what is kept. */
record Note(
    @Description("Names the note; the same title again replaces it") @Length(min = 1, max = 40)
    String title,

    @Description("Text of the note, in Markdown") @Length(max = 10_000)
    String text) {}
