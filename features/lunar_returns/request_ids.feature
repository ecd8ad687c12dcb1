Feature: Request ids
  To find out what happened to one request among thousands, an operator uses its id: it is in the answer, and on each
  line that the server logged for it.

  @LR-9
  Rule: A request's id is in its answer and on each of its log lines

    Scenario: a request brings its own id
      Given Ada has a natal chart
      When Ada asks for the current return under the id "order-4711"
      Then Ada is answered under the id "order-4711"
      And each line that the log has for Ada's request bears that id
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario: a request brings the longest id that is taken
      Given Ada has a natal chart
      When Ada asks for the current return under an id of 128 characters
      Then Ada is answered under an id of 128 characters
      And each line that the log has for Ada's request bears that id
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario: a request brings none
      Given Ada has a natal chart
      When Ada asks for the current return under no id
      Then Ada is answered under an id that the server made
      And each line that the log has for Ada's request bears that id
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario Outline: a request brings an id that is not safe: <what>
      Given Ada has a natal chart
      When Ada asks for the current return under <what>
      Then Ada is answered under an id that the server made
      And that unsafe id is nowhere in the log

      Examples:
        | what                                 |
        | an id with a tab                     |
        | an id with a terminal's control code |
        | an id with a blank                   |
        | an id with a letter beyond ASCII     |
        | an id of 129 characters              |
        | an id of three hundred characters    |
