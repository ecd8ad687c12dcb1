Feature: Bad input about articles
  What cannot be kept is refused with the field that is wrong, and leaves no trace in the log.

  @SV-1
  Rule: A wrong field is named, and nothing is kept

    Scenario Outline: <what>
      Given there are 3 articles
      When Ada tries to keep <what>
      Then Ada is told that the field "<field>" is wrong
      And the file events.raftlog must hold exactly 3 events
      And the server is well

      Examples:
        | what                                            | field              |
        | an article without a title                      | title              |
        | an article whose title is a number              | title              |
        | an article whose title is empty                 | title              |
        | an article whose title is too long              | title              |
        | an article whose content holds a NUL            | content            |
        | an article whose title is NaN                   | title              |
        | an article whose title is half a character      | title              |
        | an article with a field that nobody knows       | author             |
        | a batch with an article without a content       | items[1].content |
        | an empty batch                                  | items              |
        | an event of a type that is kept for articles    | type               |
        | an event with a number of 5000 digits           | data               |
        | a change of no version of the first article     | If-Match           |

  @SV-1
  Rule: What cannot be read, or is about nothing, is refused, and nothing is kept

    Scenario Outline: <what>
      Given there are 3 articles
      When Ada tries to keep <what>
      Then they are answered with status <status>
      And the file events.raftlog must hold exactly 3 events
      And the server is well

      Examples:
        | what                                            | status |
        | an article that is cut off                      | 400    |
        | an article whose title is nested 20000 deep     | 422    |
        | an article of 100 KB                            | 413    |
        | an article as plain text                        | 415    |
        | a change of version 7 of the first article      | 412    |
        | a change of an article that there is not        | 404    |
        | the end of an article that there is not         | 404    |
        | the end of an article with an id of 5000 digits | 404    |
