# language: fr
Fonctionnalité: Saisies erronées sur les articles
  Ce qui ne peut pas être gardé est refusé avec le nom du champ incorrect, et ne laisse aucune trace dans le journal.

  @SV-1
  Règle: Un champ incorrect est nommé, et rien n'est gardé

    Plan du scénario: <quoi>
      Étant donné qu'il y a 3 articles
      Quand Ada envoie <quoi>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | quoi                                                                 | champ     |
        | un article sans titre                                                | title     |
        | un article avec un champ inconnu                                     | author    |
        | un lot de 5001 articles                                              | items     |
        | un événement dont les données contiennent un NUL                     | data.name |
        | une modification du premier article dont la version n'en est pas une | If-Match  |

      @cost.seconds
      Exemples: suite
        | quoi                                           | champ            |
        | un article dont le titre est un nombre         | title            |
        | un lot dont un article est sans contenu        | items[1].content |
        | un événement dont le type est vide             | type             |
        | un événement avec un nombre de 5000 chiffres   | data             |
        | un article dont le titre est vide              | title            |
        | un article dont le titre est trop long         | title            |
        | un article dont le contenu contient un NUL     | content          |
        | un article dont le titre est NaN               | title            |
        | un article dont le titre est un demi-caractère | title            |
        | un article dont le titre est nul               | title            |
        | un article dont le titre contient un NUL       | title            |
        | un article dont le contenu est une liste       | content          |
        | un article dont le contenu est trop long       | content          |
        | un lot dont les articles ne sont pas une liste | items            |
        | un événement sans entité                       | entity_id        |
        | un événement dont l'entité est un nombre       | entity_id        |
        | un événement dont le type contient un blanc    | type             |
        | un lot vide                                    | items            |
        | un événement d'un type réservé aux articles    | type             |

  @SV-1
  Règle: Ce qui est illisible, ou ne porte sur rien, est refusé, et rien n'est gardé

    Plan du scénario: <quoi>
      Étant donné qu'il y a 3 articles
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec <statut> "<mots>"
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | quoi                                                | statut | mots                   |
        | un article coupé                                    | 400    | not well-formed JSON   |
        | un article de 1 Mo                                  | 413    | over 65536 bytes       |
        | une modification de la version 7 du premier article | 412    | another version by now |

      @cost.seconds
      Exemples: suite
        | quoi                                                   | statut | mots                     |
        | un article dont le titre est imbriqué 20000 fois       | 422    | more than 32 levels deep |
        | un article sans type de contenu                        | 415    | must be application/json |
        | un corps vide en guise d'article                       | 400    | not well-formed JSON     |
        | une liste en guise d'article                           | 422    | object                   |
        | un article de 100 Ko                                   | 413    | over 65536 bytes         |
        | un article envoyé en texte simple                      | 415    | must be application/json |
        | la modification d'un article qui n'existe pas          | 404    | no article of this id    |
        | la suppression d'un article qui n'existe pas           | 404    | no article of this id    |
        | la suppression d'un article au numéro de 5000 chiffres | 404    | no article of this id    |
