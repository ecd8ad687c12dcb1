Feature: Browsers, caches and proxies
  Between a person and the server there are browsers that guess, caches that keep, and proxies that ask whether the server
  lives. Each of them goes by headers, and by what RFC 9110 says of them.

  @SV-16
  Rule: No answer lets a browser guess its type, and no private answer lets a cache keep it

    Scenario: answers of every kind
      Given Ada has a natal chart
      And Ada has a return that cannot be read
      When Ada sends a request of every kind
      Then Ada is answered with what browsers and caches must know, each time

  @SV-16
  Rule: Nobody is led to another host

    Scenario Outline: <what>
      Given there is 1 article
      When somebody sends <what>
      Then somebody is refused with 404 "nothing here"
      And nothing else was changed

      Examples:
        | what                                              |
        | GET /health/ at the host evil.example             |
        | POST /api/auth/register/ at the host evil.example |

      @cost.seconds
      Examples: more
        | what                                              |
        | GET //health at the host evil.example             |
        | PUT /api/natal-chart/ at the host evil.example    |

  @SV-16
  Rule: What a client has is not sent again, and what it does not expect is not changed

    Scenario Outline: a question, <how>
      Given there is 1 article
      When somebody sends a question for the first article, <how>
      Then somebody is answered with <answer>
      And nothing else was changed

      Examples:
        | how                                | answer                      |
        | of which one has version 1         | nothing new                 |
        | of which one has version 7         | the article's first version |

      @cost.seconds
      Examples: more
        | how                                | answer                      |
        | of which one has version 1, weakly | nothing new                 |
        | of which one has versions 7 and 1  | nothing new                 |
        | of which one has any version       | nothing new                 |

    Scenario Outline: a change, <how>
      Given there is 1 article
      When somebody sends a change of the first article, <how>
      Then somebody is refused with 412 "another version by now"
      And nothing else was changed

      Examples:
        | how                           |
        | if there is none              |
        | if it is of version 7 or 8    |

      @cost.seconds
      Examples: more
        | how                           |
        | if it is not of version 1     |
        | if it is of version 1, weakly |

  @SV-16
  Rule: A probe is answered however many connections there are

    Scenario: more connections than are served
      Given the switch CONNECTIONS_MAX is set to "16"
      And Grace has 16 open connections
      When somebody sends a probe of life
      Then somebody is answered with life
