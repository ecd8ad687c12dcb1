Feature: When Claude writes something else
  A model may stop in the middle, refuse, or write something else than was asked for. A reader gets the template then,
  and next time Claude is asked again; what is stored can be relied on.

  @LI-8
  Rule: Four weeks of advice come with the whole text, and none with the others

    Scenario Outline: <report>
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for <report>
      Then Ada is answered with the text that Claude wrote
      And Ada is answered with <advice>
      And nothing else was changed

      Examples:
        | report               | advice               |
        | the report           | four weeks of advice |
        | the report's climate | no weekly advice     |

      @cost.seconds
      Examples: more
        | report                | advice               |
        | the report in English | four weeks of advice |
        | the report's approach | no weekly advice     |

    Scenario Outline: Claude <writes>
      Given Claude <writes>
      And Ada has lunar returns
      When Ada tries to ask for the report
      Then Ada is answered with a good text of Claude's
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples:
        | writes                            |
        | puts its reply into a fence       |
        | writes 200 characters             |
        | writes 8000 characters            |
        | advises 20 characters for a week  |
        | answers with 256 KiB              |
        | advises 600 characters for a week |

  @LI-8 @both-databases
  Rule: A reply that is not as asked is never stored, and fails no request

    Scenario Outline: Claude <writes>
      Given Claude <writes>
      And Ada has lunar returns
      When Ada tries to ask for the report
      Then Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples: cut short, refused, or no text
        | writes                    |
        | is cut short at its limit |
        | refuses to write          |
        | sends an empty text       |

      @cost.seconds
      Examples: cut short, refused, or no text, more
        | writes                               |
        | reaches its limit with the last word |
        | stops at a word                      |
        | sends no text                        |
        | calls a tool                         |
        | sends two texts                      |

      Examples: another shape
        | writes                        |
        | writes prose in place of JSON |
        | writes a number for the text  |

      @cost.seconds
      Examples: another shape, more
        | writes                   |
        | writes half of the JSON  |
        | leaves the text out      |
        | writes a list            |
        | writes null for the text |
        | leaves the text empty    |
        | leaves the text blank    |
        | writes half a character  |

      Examples: another text
        | writes                     |
        | writes 199 characters      |
        | writes in another language |
        | writes HTML                |

      @cost.seconds
      Examples: another text, more
        | writes                     |
        | writes 8001 characters     |
        | writes a control character |
        | writes a NUL               |

      Examples: other advice
        | writes                           |
        | gives no weekly advice           |
        | advises 19 characters for a week |

      @cost.seconds
      Examples: other advice, more
        | writes                                 |
        | gives advice for three weeks           |
        | advises in another language            |
        | gives advice for five weeks            |
        | gives advice in a list                 |
        | calls the weeks by other names         |
        | leaves a week empty                    |
        | advises 601 characters for a week      |
        | gives a number for a week              |
        | writes HTML into a week                |
        | writes a control character into a week |

    Scenario Outline: what comes is no message: Claude <answers>
      Given Claude <answers>
      And Ada has lunar returns
      When Ada tries to ask for the report
      Then Ada is answered with the template
      And nothing else was changed

      Examples:
        | answers                        |
        | writes 1 MB                    |
        | streams its reply              |
        | answers with a page for people |

      @cost.seconds
      Examples: more
        | answers              |
        | answers with nothing |

      @cost.seconds
      Examples: a lot
        | answers            |
        | answers with 20 MB |

      Examples: a byte too many, and another coding
        | answers                         |
        | answers with 256 KiB and a byte |
        | packs its answers with gzip     |

    Scenario: Claude is asked again next time
      Given Claude is cut short at its limit
      And Ada has lunar returns
      And Ada asks for the report
      And Claude is well again
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada
      And nothing else was changed
