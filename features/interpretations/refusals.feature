Feature: Requests that make no sense
  An app that sends something else than what is documented hears what was wrong with it, and of nobody else's texts.

  @LI-7
  Rule: Each failure has a problem of its own

    Scenario: a month without a return
      Given Claude is well
      And Ada has lunar returns
      When Ada sends a request for a report of 1999
      Then Ada is refused with 404 "There is no such lunar return."
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: a new text about a return that does not exist
      Given Claude is well
      And Ada has lunar returns
      When Ada sends a request for a new text about a return that does not exist
      Then Ada is refused with 404 "There is no such lunar return."
      And nothing else was changed

    Scenario: Claude fails
      Given Claude answers with 400
      And Ada has lunar returns
      And Ada asks for the report
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails

    Scenario: somebody without a natal chart
      Given Claude is well
      And Ada has an account
      When Ada sends a request for a report
      Then Ada is refused with 409 "natal chart"
      And nothing else was changed

    Scenario Outline: <request>, from somebody without an account
      Given a server whose environment is "production"
      When somebody sends <request>
      Then somebody is refused with 401 ""

      Examples:
        | request                              |
        | a request for a report               |
        | a request for a new text of somebody's |
        | a request for the figures of texts   |

  @LI-7
  Rule: A field that is wrong is named, and nothing is written

    Scenario Outline: a report <that>
      Given Claude is well
      And Ada has lunar returns
      When Ada sends a request for a report <that>
      Then Ada is told that the field "<field>" is wrong
      And 0 calls of Claude ran for Ada
      And nothing else was changed

      Examples: subject
        | that                        | field   |
        | whose subject is love       | subject |
        | whose subject is null       | subject |
        | whose subject has a NUL     | subject |

      @cost.seconds
      Examples: subject, more
        | that                        | field   |
        | whose subject is in capitals | subject |
        | whose subject is empty      | subject |
        | whose subject is a number   | subject |
        | whose subject is a list     | subject |

      Examples: language
        | that                          | field |
        | whose language is German      | lang  |
        | whose language is in capitals | lang  |
        | whose language is null        | lang  |

      @cost.seconds
      Examples: language, more
        | that                          | field |
        | whose language has a region   | lang  |
        | whose language is empty       | lang  |
        | whose language is true        | lang  |

      Examples: month
        | that                               | field |
        | whose month is the 13th            | month |
        | whose month is a date              | month |
        | whose month ends with a line break | month |

      @cost.seconds
      Examples: month, more
        | that                               | field |
        | whose month is the 0th             | month |
        | whose month has one digit          | month |
        | whose month is a word              | month |
        | whose month is empty               | month |
        | whose month is a number            | month |
        | whose month has other digits       | month |

    Scenario Outline: a new text <that>
      Given Claude is well
      And Ada has lunar returns
      When Ada sends a request for a new text <that>
      Then Ada is told that the field "<field>" is wrong
      And 0 calls of Claude ran for Ada
      And nothing else was changed

      Examples:
        | that           | field           |
        | about return 0 | lunar_return_id |
        | on love        | subject         |

      @cost.seconds
      Examples: more
        | that                          | field           |
        | about a return beyond 64 bits | lunar_return_id |
        | about a return that is true   | lunar_return_id |
        | about a return below 0        | lunar_return_id |
        | about half a return           | lunar_return_id |
        | about a text of a return      | lunar_return_id |
        | about null                    | lunar_return_id |
        | about no return               | lunar_return_id |
        | in German                     | lang            |

    Scenario Outline: a request for <what>
      Given Claude is well
      And Ada has lunar returns
      When Ada sends a request for <what>
      Then Ada is refused as bad input
      And 0 calls of Claude ran for Ada
      And nothing else was changed

      Examples: a report
        | what                                     |
        | a report with a member that nobody knows |
        | a report that is a list                  |
        | a report that is 2 MB long               |

      @cost.seconds
      Examples: a report, more
        | what                                     |
        | a report that is cut off                 |
        | a report that holds a lone surrogate     |
        | a report that is empty                   |
        | a report that is a text                  |
        | a report that is null                    |
        | a report that is nested 20000 deep       |
        | a report that holds 5000 digits          |
        | a report that is of another content type |

      Examples: a new text
        | what                                       |
        | a new text with a member that nobody knows |
        | a new text that is cut off                 |
        | a new text that is a list                  |

      @cost.seconds
      Examples: a new text, more
        | what                                       |
        | a new text that is empty                   |
        | a new text that is a text                  |
        | a new text that is null                    |
        | a new text that holds a lone surrogate     |
        | a new text that holds 5000 digits          |
        | a new text that is 2 MB long               |
        | a new text that is nested 20000 deep       |
        | a new text that is of another content type |
