Feature: Bad input about articles
  What cannot be kept is refused with the field that is wrong, and leaves no trace in the log.

  @SV-1
  Rule: A wrong field is named, and nothing is kept

    Scenario Outline: <what>
      Given there are 3 articles
      When Ada sends <what>
      Then Ada is told that the field "<field>" is wrong
      And nothing else was changed
      And the server is well

      Examples:
        | what                                        | field     |
        | an article without a title                  | title     |
        | an article with a field that nobody knows   | author    |
        | a batch of 5001 articles                    | items     |
        | an event whose data holds a NUL             | data.name |
        | a change of no version of the first article | If-Match  |

      @cost.seconds
      Examples: more
        | what                                         | field            |
        | an article whose title is a number           | title            |
        | a batch with an article without a content    | items[1].content |
        | an event whose type is empty                 | type             |
        | an event with a number of 5000 digits        | data             |
        | an article whose title is empty              | title            |
        | an article whose title is too long           | title            |
        | an article whose content holds a NUL         | content          |
        | an article whose title is NaN                | title            |
        | an article whose title is half a character   | title            |
        | an article whose title is null               | title            |
        | an article whose title holds a NUL           | title            |
        | an article whose content is a list           | content          |
        | an article whose content is too long         | content          |
        | a batch whose items are no list              | items            |
        | an event without an entity                   | entity_id        |
        | an event whose entity is a number            | entity_id        |
        | an event whose type holds a blank            | type             |
        | an empty batch                               | items            |
        | an event of a type that is kept for articles | type             |

  @SV-1
  Rule: What cannot be read, or is about nothing, is refused, and nothing is kept

    Scenario Outline: <what>
      Given there are 3 articles
      When Ada sends <what>
      Then Ada is refused with <status> "<words>"
      And nothing else was changed
      And the server is well

      Examples:
        | what                                       | status | words                  |
        | an article that is cut off                 | 400    | not well-formed JSON   |
        | an article of 1 MB                         | 413    | over 65536 bytes       |
        | a change of version 7 of the first article | 412    | another version by now |

      @cost.seconds
      Examples: more
        | what                                            | status | words                    |
        | an article whose title is nested 20000 deep     | 422    | more than 32 levels deep |
        | an article without a content type               | 415    | must be application/json |
        | an empty body for an article                    | 400    | not well-formed JSON     |
        | a list for an article                           | 422    | object                   |
        | an article of 100 KB                            | 413    | over 65536 bytes         |
        | an article as plain text                        | 415    | must be application/json |
        | a change of an article that there is not        | 404    | no article of this id    |
        | the end of an article that there is not         | 404    | no article of this id    |
        | the end of an article with an id of 5000 digits | 404    | no article of this id    |
