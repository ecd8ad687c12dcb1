# language: fr
Fonctionnalité: Une demande ne retarde pas les autres
  Un serveur qui traite les 8 Mo d'un inconnu doit répondre à tous les autres. Le travail qui croît avec ce qui est
  envoyé est linéaire et fait à côté des demandes des autres, ou il est écourté : seules les erreurs des petits corps
  sont détaillées, et les longues pages s'arrêtent tôt.

  @SV-7 @target.process
  Règle: 99 autres sur 100 ont leur réponse en 100 ms, quoi que quelqu'un envoie et demande

    Plan du scénario: <quoi>
      Étant donné que Grace a un lot rempli des plus gros articles
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un reçoit le statut <statut>, et ne retarde personne
      Et le serveur va bien

      Exemples:
        | quoi                                            | statut |
        | 8 Mo de nombres derrière un qui n'en est pas un | 400    |
        | une recherche à 30000 paramètres                | 422    |

      @cost.seconds
      Exemples: suite
        | quoi                                          | statut |
        | 8 Mo de crochets                              | 422    |
        | une demande d'une page des plus gros articles | 200    |
        | 8 Mo d'articles sans titre                    | 422    |
        | 8 Mo en un seul nom                           | 422    |
