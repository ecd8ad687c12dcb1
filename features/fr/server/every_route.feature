# language: fr
Fonctionnalité: Chaque route
  Ceux qui écrivent des clients reçoivent des erreurs de chaque route, et les attendent toutes sous une même forme.
  Chaque sorte de demande erronée est envoyée à chaque route que le serveur décrit : les nouvelles routes ne sont pas
  oubliées.

  @SV-1
  Règle: Ce qui est incorrect est refusé sur chaque route par le problème documenté, sous l'identifiant de la demande

    Plan du scénario: <quoi>
      Étant donné qu'Ada a un thème natal
      Et qu'il y a 1 article
      Quand Ada envoie <quoi>, sur chaque route
      Alors Ada reçoit chaque fois le problème documenté
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | quoi                   |
        | un corps illisible     |
        | un paramètre incorrect |
        | une méthode non admise |

      @cost.seconds
      Exemples: suite
        | quoi                                 |
        | un corps dont un champ est incorrect |
        | une demande sans jeton valable       |
        | un corps d'un autre type de contenu  |
        | un corps qui n'est pas un objet      |
        | un corps d'un octet de trop          |
        | un corps imbriqué 33 fois            |
        | un corps sans un de ses champs       |
        | un corps avec un champ inconnu       |
        | un chemin qui n'existe pas           |

  @SV-1
  Règle: Là où seuls les utilisateurs écrivent des articles, personne n'écrit sans jeton

    Scénario: un serveur qui exige un jeton
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un thème natal
      Quand Ada envoie une demande sans jeton valable, sur chaque route
      Alors Ada reçoit chaque fois le problème documenté
      Et rien d'autre n'a changé

    @SV-4
    Scénario: ce qu'il en dit
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Quand quelqu'un demande ce que le serveur dit de lui-même
      Alors quelqu'un reçoit une description où seuls les utilisateurs écrivent des articles
