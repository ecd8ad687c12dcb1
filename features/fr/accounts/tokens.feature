# language: fr
Fonctionnalité: Les jetons et leur fin
  Un jeton est une clé que n'importe qui peut copier. Il est valable pour un temps limité, pour un seul compte, et
  seulement s'il n'a pas été modifié.

  @AC-3
  Règle: Un jeton forgé, modifié ou incomplet est refusé

    Plan du scénario: <jeton>
      Étant donné que Grace a un thème natal
      Et qu'Ada a <jeton>
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 401 "Say who you are"
      Et Ada reçoit la façon de s'identifier
      Et rien d'autre n'a changé

      Exemples:
        | jeton                                    |
        | un jeton signé par une autre clé         |
        | un jeton que personne n'a signé          |
        | un jeton dont le texte a changé          |
        | un jeton dont la fin n'est pas un nombre |
        | un jeton de personne                     |
        | un jeton qui n'a aucun sens              |
        | un jeton sans le mot Bearer              |

      @cost.seconds
      Exemples: suite
        | jeton                                 |
        | un jeton coupé                        |
        | un jeton sans fin                     |
        | un jeton d'un nombre de 5000 chiffres |
        | un jeton qui nomme un mot             |
        | un jeton sans nom                     |
        | un jeton vide                         |
        | un jeton sous le mot Basic            |

    Scénario: le mot devant lui en minuscules
      Étant donné qu'Ada a un jeton sous le mot bearer en minuscules
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 409 "There is no natal chart yet"
      Et rien d'autre n'a changé

  @AC-3 @target.inprocess
  Règle: Un jeton est valable jusqu'à son expiration, et pas au-delà

    Plan du scénario: un jeton de 60 secondes quand l'horloge <décalage>
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option TOKEN_TTL_S vaut "60"
      Et qu'Ada a un compte
      Et que l'horloge <décalage>
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec <statut> "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | décalage                | statut | mots                        |
        | avance de 59.5 secondes | 409    | There is no natal chart yet |
        | avance de 60 secondes   | 401    | Say who you are             |
        | avance de 25 heures     | 401    | Say who you are             |
        | recule de 1 heure       | 409    | There is no natal chart yet |

  @AC-3
  Règle: Parmi plusieurs qui demandent en même temps, chacun compte par son propre jeton

    @cost.seconds
    Scénario: dix personnes, dont une a supprimé son compte
      Étant donné que le service amont va bien
      Et qu'Ada a dix invités avec un compte, dont un est parti
      Quand Ada envoie une même recherche de ses dix invités en même temps
      Alors Ada reçoit la même réponse pour neuf invités, et un refus pour celui qui est parti

  @AC-3 @target.process
  Règle: Un jeton reste valable quand le serveur redémarre

    @cost.minute
    Scénario: le serveur redémarre
      Étant donné qu'Ada a un compte
      Et que le serveur redémarre
      Quand Ada essaie de demander la révolution courante
      Alors Ada est refusée avec 409 "There is no natal chart yet"
      Et rien d'autre n'a changé
