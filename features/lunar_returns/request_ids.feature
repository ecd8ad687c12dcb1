Feature: Request ids
  Whoever has to find out what happened to one request among thousands has its id: in the answer, and on each line
  that the server logged for it.

  @LR-9
  Rule: A request's id is in its answer and on each of its log lines

    Scenario: a request brings its own id
      Given Ada has a natal chart
      When Ada asks for the current return under the id "order-4711"
      Then the answer bears the id "order-4711"
      And each line that the log has for it bears that id

    Scenario: a request brings none
      Given Ada has a natal chart
      When Ada asks for the current return under the id ""
      Then the answer bears an id that the server made
      And each line that the log has for it bears that id

    Scenario Outline: a request brings an id that is not safe: <what>
      Given Ada has a natal chart
      When Ada asks for the current return under an id with <what>
      Then the answer bears an id that the server made
      And that unsafe id is nowhere in the log

      Examples:
        | what                      |
        | a tab                     |
        | a terminal's control code |
        | a blank                   |
        | a letter beyond ASCII     |
        | three hundred characters  |
