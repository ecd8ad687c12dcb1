Feature: Every route
  People who build clients get errors from every route, and need all of them in one format. Each kind of bad request is
  tried on each route that the server describes, so that new routes are tested, too.

  @SV-1
  Rule: What is wrong is refused on every route with the documented problem, under the request's id

    Scenario Outline: <what>
      Given Ada has a natal chart
      And there is 1 article
      When Ada sends <what>, to every route
      Then Ada is answered with the documented problem each time
      And nothing else was changed
      And the server is well

      Examples:
        | what                       |
        | a body that cannot be read |
        | a parameter that is wrong  |
        | a method that is not taken |

      @cost.seconds
      Examples: more
        | what                                  |
        | a body with one of its fields wrong   |
        | no token that counts                  |
        | a body of another media type          |
        | a body that is no object              |
        | a body of one byte too many           |
        | a body nested 33 levels deep          |
        | a body without one of its fields      |
        | a body with a field that nobody knows |
        | a path that is not there              |

  @SV-1
  Rule: Where articles are written by users only, nobody writes without a token

    Scenario: a server that asks for a token
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has a natal chart
      When Ada sends no token that counts, to every route
      Then Ada is answered with the documented problem each time
      And nothing else was changed

    @SV-4
    Scenario: what it says of that
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      When somebody asks for what the server says of itself
      Then somebody is answered with a description in which only users write articles
