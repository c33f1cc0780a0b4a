using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class QuestionsAreNotOnesOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LeaderRequests_AddressedTo_Decision_AskedAt",
                table: "LeaderRequests");

            migrationBuilder.AddColumn<string>(
                name: "AskedById",
                table: "LeaderRequests",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "RoutedTo",
                table: "Crowds",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Extensions",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "AskedById",
                table: "CaseRequests",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            // Who asked, and how often the unit that has a case was given more time, stands in the logs.
            migrationBuilder.Sql(
                """
                UPDATE "LeaderRequests" SET "AskedById" = COALESCE((
                    SELECT "By_UserId" FROM "Log"
                    WHERE "Stream" = "LeaderRequests"."WhistleId" AND "Type" = 'whistle.leader-asked' AND json_extract("Body", '$.no') = "LeaderRequests"."No"), '');
                UPDATE "CaseRequests" SET "AskedById" = COALESCE((
                    SELECT "By_UserId" FROM "Log"
                    WHERE "Stream" = "CaseRequests"."CaseId" AND "Type" = 'case.leader-asked' AND json_extract("Body", '$.no') = "CaseRequests"."No"), '');
                UPDATE "Cases" SET "Extensions" = (
                    SELECT COUNT(*) FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.extended' AND "Sequence" > COALESCE((
                        SELECT MAX("Sequence") FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" IN ('case.dispatched', 'case.redone')), 0))
                WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.extended');
                """);

            migrationBuilder.CreateIndex(
                name: "IX_LeaderRequests_AddressedTo_Decision_DecideBy",
                table: "LeaderRequests",
                columns: new[] { "AddressedTo", "Decision", "DecideBy" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LeaderRequests_AddressedTo_Decision_DecideBy",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "AskedById",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "RoutedTo",
                table: "Crowds");

            migrationBuilder.DropColumn(
                name: "Extensions",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "AskedById",
                table: "CaseRequests");

            migrationBuilder.CreateIndex(
                name: "IX_LeaderRequests_AddressedTo_Decision_AskedAt",
                table: "LeaderRequests",
                columns: new[] { "AddressedTo", "Decision", "AskedAt" });
        }
    }
}
