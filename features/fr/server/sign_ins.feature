# language: fr
Fonctionnalité: Se connecter pendant une attaque
  Des inconnus essaient des mots de passe, et occupent un serveur avec des connexions qu'ils n'attendent pas. Ils ne
  doivent ni entrer, ni apprendre qui a un compte, ni en écarter le titulaire.

  @SV-9 @both-databases
  Règle: Après quelques mauvais mots de passe, l'essai suivant doit attendre

    Plan du scénario: <quoi>
      Étant donné que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et que l'option SIGN_IN_SOURCE_FAILURES vaut "5"
      Et qu'Ada a un compte
      Quand Ada envoie <quoi>
      Alors Ada reçoit l'invitation à réessayer dans 1 seconde
      Et le journal montre <échecs> demandes qui <provenance>
      Et le journal montre 1 demande qui a été refusée après trop d'échecs
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                      | échecs | provenance                                      |
        | 4 mauvais mots de passe, l'un après l'autre               | 3      | n'ont pas pu se connecter, avec leur provenance |
        | 4 mauvais mots de passe d'ailleurs                        | 3      | n'ont pas pu se connecter d'ailleurs            |
        | de mauvais mots de passe pour 6 adresses que personne n'a | 5      | n'ont pas pu se connecter, avec leur provenance |

      @cost.seconds
      Exemples: suite
        | quoi                                                  | échecs | provenance                                      |
        | 4 changements de mot de passe avec de mauvais anciens | 3      | n'ont pas pu se connecter, avec leur provenance |

    @target.process
    Scénario: sur un autre serveur, après un redémarrage
      Étant donné 2 serveurs qui partagent une base
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et qu'Ada a un compte
      Et qu'Ada envoie 3 mauvais mots de passe, l'un après l'autre
      Et que le second serveur redémarre
      Quand Ada envoie jusqu'à 3 mauvais mots de passe au second serveur
      Alors Ada est refusée avec 429 "Too many passwords were wrong"
      Et rien d'autre n'a changé

  @SV-9 @target.inprocess
  Règle: L'attente est courte, et le bon mot de passe y met fin

    Plan du scénario: l'horloge <décalage>
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et qu'Ada a un compte
      Et qu'Ada envoie 3 mauvais mots de passe, l'un après l'autre
      Et que l'horloge <décalage>
      Quand Ada essaie de demander un jeton
      Alors Ada reçoit <réponse>
      Et rien d'autre n'a changé

      Exemples:
        | décalage               | réponse                                 |
        | avance de 0.5 secondes | l'invitation à réessayer dans 1 seconde |
        | avance de 1 seconde    | son propre jeton                        |
        | recule de 1 heure      | son propre jeton                        |

  @SV-9
  Règle: Des inconnus ne peuvent pas écarter un titulaire qui vient d'où il vient toujours

    Plan du scénario: <quoi>
      Étant donné que l'option SIGN_IN_ACCOUNT_FAILURES vaut "3"
      Et que l'option SIGN_IN_SOURCE_FAILURES vaut "5"
      Et qu'Ada a un compte
      Et qu'Ada envoie <quoi>
      Quand Ada essaie de demander un jeton
      Alors Ada reçoit son propre jeton
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                                      |
        | 9 mauvais mots de passe d'ailleurs                        |
        | de mauvais mots de passe pour 6 adresses que personne n'a |

  @SV-9 @target.process
  Règle: Ce que personne n'attend n'est pas fait, et il n'y a jamais plus d'attentes que permis

    @cost.seconds
    Scénario: des connexions abandonnées
      Étant donné que l'option DEV_FAST_PASSWORDS vaut "0"
      Et que l'option PASSWORDS_WAITING_MAX vaut "200"
      Et que l'option PASSWORDS_WAIT_S vaut "60"
      Et qu'Ada a un compte
      Quand Ada envoie 30 connexions abandonnées, puis le mot de passe
      Alors Ada reçoit un jeton, guère plus tard que lorsque personne d'autre ne se connecte
      Et le journal montre 10 demandes qui n'ont pas pu se connecter, ou moins
      Et rien d'autre n'a changé

    Scénario: plus qu'il ne peut en attendre
      Étant donné que l'option DEV_FAST_PASSWORDS vaut "0"
      Et que l'option PASSWORDS_WAITING_MAX vaut "4"
      Et que l'option PASSWORDS_WAIT_S vaut "60"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "100"
      Et qu'Ada a un compte
      Quand Ada envoie 20 mauvais mots de passe en même temps
      Alors Ada reçoit un refus pour chacun, parfois parce que trop d'autres attendent
      Et rien d'autre n'a changé

  @SV-9 @target.process
  Règle: La durée d'un refus ne dit pas s'il y a un compte

    @cost.seconds
    Scénario: dès le premier
      Étant donné que l'option DEV_FAST_PASSWORDS vaut "0"
      Et que l'option SIGN_IN_ACCOUNT_FAILURES vaut "100"
      Et qu'Ada a un compte
      Quand Ada envoie de mauvais mots de passe pour le compte et pour aucun, à tour de rôle
      Alors Ada reçoit le même refus après le même temps, dès le premier
      Et rien d'autre n'a changé

  @SV-9
  Règle: Chaque connexion a une ligne dans le journal, avec sa provenance

    Scénario: deux qui sont acceptées
      Étant donné qu'Ada a un compte
      Quand Ada demande un jeton
      Alors le journal montre 2 demandes qui se sont connectées, avec leur provenance
      Et rien d'autre n'a changé
